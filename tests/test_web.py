"""Addresses, read from servers on loopback that pretend to be the open internet."""

from __future__ import annotations

import gzip
import itertools
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import trustme

from sayso.errors import MissingExtra, UnreadableSource
from sayso.intake.loaded import Original
from sayso.intake.web import Limits, Web, fetch, is_address
from tests.web import MIRROR, OTHER, PRESS, Names, Server, page, redirect, serving

SAID = b"The dam will hold, the mayor said."
HERE = "http://press.example"
USUAL = Limits()
UNWANTED = "the site asks programs not to read it (robots.txt)"
BROKEN_OFF = "the connection broke off before all of it had come"
NO_SERVER = "it does not answer as a web server does"


@pytest.fixture
def press() -> Iterator[Server]:
    server = Server({"/": page(SAID)})
    with serving(server):
        yield server


@pytest.fixture
def names(press: Server) -> Names:
    return Names({"press.example": [PRESS]}, {(PRESS, 80): press.port})


def read(names: Names, address: str, limits: Limits = USUAL, trust: ssl.SSLContext | None = None) -> Original:
    with Web(limits, names.network(trust)) as web:
        return web.fetch(address)


def why(names: Names, address: str, limits: Limits = USUAL, trust: ssl.SSLContext | None = None) -> str:
    with pytest.raises(UnreadableSource) as caught:
        read(names, address, limits, trust).stream.close()
    return caught.value.reason


def test_what_stands_at_an_address(press: Server, names: Names) -> None:
    press.replies["/dam?day=7"] = page(SAID, kind="Text/HTML; Charset=Windows-1252")
    original = read(names, f"{HERE}/dam?day=7#comments")
    with original.stream as stream:
        assert stream.read() == SAID
    assert original.name == f"{HERE}/dam?day=7#comments"
    assert original.address == f"{HERE}/dam?day=7"
    assert (original.media_type, original.charset, original.path) == ("text/html", "cp1252", None)


def test_it_says_who_it_is_and_takes_nothing_with_it(
    press: Server, names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")  # would be asked for everything, inner machines too
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    read(names, HERE).stream.close()
    for head in press.heads:
        assert "\r\nUser-Agent: sayso/" in head
        assert "\r\nHost: press.example\r\n" in head
        assert "cookie" not in head.lower()
    assert press.asked == ["/robots.txt", "/"]


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("404 Not Found", "there is no such page (404)"),
        ("401 Unauthorized", "it asks for a password (401)"),
        ("403 Forbidden", "the site refuses it (403)"),
        ("410 Gone", "the page is gone (410)"),
        ("418 I'm a teapot", "the site answers with 418 instead of a page"),
        ("429 Too Many Requests", "the site asks to be left alone for a while (429)"),
        ("451 Unavailable", "the page is withheld for legal reasons (451)"),
        ("500 Oh no", "the site has an error of its own (500)"),
        ("503", "the site has an error of its own (503)"),
        ("302 Found", "the site answers with 302 instead of a page"),  # to nowhere
        ("206 Partial Content", "the site answers with 206 instead of a page"),
    ],
)
def test_every_refusal_is_a_sentence(press: Server, names: Names, status: str, reason: str) -> None:
    press.replies["/"] = page(SAID, status=status)
    assert why(names, HERE) == reason


def test_a_page_without_a_word_is_said_to_be_empty(press: Server, names: Names) -> None:
    press.replies["/"] = page(b"")
    assert why(names, HERE) == "it is empty"


def test_redirects_are_followed_to_the_end_and_cookies_along_them(press: Server, names: Names) -> None:
    names.hosts["mirror.example"] = [MIRROR]
    names.doors[MIRROR, 80] = press.port
    press.replies |= {
        "/": redirect("/moved?to=here", "301 Moved", "Set-Cookie: seen=1; Path=/"),
        "/moved?to=here": redirect("//mirror.example/über uns/", "307 Elsewhere"),
        "/%C3%BCber%20uns/": page(SAID),
    }
    original = read(names, HERE)
    original.stream.close()
    assert original.address == "http://mirror.example/%C3%BCber%20uns/"
    assert press.asked == ["/robots.txt", "/", "/moved?to=here", "/robots.txt", "/%C3%BCber%20uns/"]
    assert ["seen=1" in head for head in press.heads] == [False, False, True, False, False]


def test_a_redirect_in_a_circle_ends(press: Server, names: Names) -> None:
    press.replies |= {"/": redirect("/a"), "/a": redirect("/")}
    assert why(names, HERE, Limits(redirects=4)) == "it leads from one address to the next more than 4 times"
    assert len(press.pages()) == 5


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("http://127.0.0.1/", "127.0.0.1 is this machine itself: say --allow-private to read from there"),
        ("http://[::1]/", "::1 is this machine itself: say --allow-private to read from there"),
        (
            "http://169.254.169.254/latest/",
            "169.254.169.254 is the nearest network, where clouds keep their metadata",
        ),
        ("http://[::ffff:10.0.0.1]/", " is an IPv4 address hidden in an IPv6 address: say --allow-private"),
        ("http://intranet.example/", "intranet.example is 10.1.2.3, which is a private network: say --allow-private"),
        ("http://2130706433/", "the address's host is a number in an odd spelling"),
        ("http://press.example:22/", "port 22 is not one of the web's, and nobody asked for it"),
        ("http://me:secret@press.example/", "the address holds a user name or a password: leave them out"),
        ("file:///etc/passwd", "only addresses with https:// or http:// are read"),
        ("gopher://press.example/", "only addresses with https:// or http:// are read"),
        ("http://press.example\\@127.0.0.1/", "the address holds white space or characters that no address may hold"),
    ],
)
def test_a_redirect_leads_nowhere_that_an_address_may_not(press: Server, names: Names, to: str, reason: str) -> None:
    names.hosts["intranet.example"] = ["10.1.2.3"]
    press.replies["/"] = redirect(to)
    assert reason in why(names, HERE)
    assert {number for number, _ in names.dialled} == {PRESS}


def test_a_name_that_changes_where_it_leads_does_not_lead_inside(press: Server, names: Names) -> None:
    """DNS rebinding: public when first looked up, this machine ever after."""
    names.doors["127.0.0.1", 80] = press.port
    names.hosts["press.example"] = itertools.chain([[PRESS]], itertools.repeat(["127.0.0.1"]))
    assert why(names, HERE).startswith("press.example is 127.0.0.1, which is this machine itself")
    assert press.asked == ["/robots.txt"]
    assert names.dialled == [(PRESS, 80)]


def test_the_number_that_was_checked_is_the_one_that_is_dialled(press: Server, names: Names) -> None:
    names.hosts["press.example"] = itertools.cycle([[PRESS], [MIRROR]])
    names.doors[MIRROR, 80] = press.port
    read(names, HERE).stream.close()
    assert names.looked_up == ["press.example"] * 2  # once a request
    assert names.dialled == [(PRESS, 80), (MIRROR, 80)]


def test_of_several_numbers_only_public_ones_are_tried_in_turn(press: Server, names: Names) -> None:
    names.hosts["press.example"] = ["192.168.1.1", OTHER, "fe80::1", PRESS]
    read(names, HERE).stream.close()
    assert names.dialled == [(OTHER, 80), (PRESS, 80)] * 2


def test_private_addresses_are_read_when_a_person_says_so(press: Server, names: Names) -> None:
    names.doors["127.0.0.1", press.port] = press.port
    address = f"http://127.0.0.1:{press.port}/"
    assert "this machine itself" in why(names, address)
    assert names.dialled == []
    read(names, address, Limits(allow_private=True)).stream.close()


def test_without_a_network_of_its_own_it_uses_the_real_one(press: Server) -> None:
    with fetch(f"http://127.0.0.1:{press.port}/", Limits(allow_private=True, pause=0)).stream as stream:
        assert stream.read() == SAID
    with pytest.raises(UnreadableSource, match="this machine itself"):
        fetch(f"http://127.0.0.1:{press.port}/")
    with pytest.raises(UnreadableSource, match="this machine itself"):
        fetch(f"http://localhost:{press.port}/")


def test_a_port_that_a_person_gave_is_asked(press: Server, names: Names) -> None:
    names.doors[PRESS, 8080] = press.port
    press.replies["/"] = redirect("/moved")
    press.replies["/moved"] = page(SAID)
    read(names, f"{HERE}:8080/").stream.close()
    assert set(names.dialled) == {(PRESS, 8080)}


def test_hosts_in_other_scripts(press: Server, names: Names) -> None:
    names.hosts["xn--zeitung-mnchen-osb.example"] = [PRESS]
    original = read(names, "http://Zeitung-München.example/")
    original.stream.close()
    assert original.address == "http://xn--zeitung-mnchen-osb.example/"


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://nowhere.example/", "there is no host nowhere.example"),
        ("http://silent.example/", "nobody answers there (connection refused)"),
        ("http://empty.example/", "there is no host empty.example"),
    ],
)
def test_hosts_that_are_not_there(names: Names, address: str, reason: str) -> None:
    names.hosts |= {"silent.example": [MIRROR], "empty.example": []}
    assert why(names, address) == reason


# What robots.txt says


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (page(b"User-agent: *\nDisallow: /"), UNWANTED),
        (page(b"User-agent: sayso\nDisallow: /$\n\nUser-agent: *\n"), UNWANTED),
        (page(b"", status="500 Oh no"), "its robots.txt cannot be had (error 500), so it may not be read now"),
        (page(b"", status="429 Slowly"), "its robots.txt cannot be had (error 429), so it may not be read now"),
        (redirect("http://10.0.0.1/robots.txt"), "10.0.0.1 is a private network"),
        (redirect("/rules"), UNWANTED),
        (page(b"User-agent: *\nDisallow: /\n" + b"# more\n" * 100_000), UNWANTED),
        (page(gzip.compress(b"User-agent: *\nDisallow: /"), "Content-Encoding: gzip"), UNWANTED),
    ],
)  # fmt: skip
def test_a_site_that_does_not_want_to_be_read_is_not(press: Server, names: Names, answer: bytes, reason: str) -> None:
    press.replies |= {"/robots.txt": answer, "/rules": page(b"User-agent: *\nDisallow: /")}
    assert reason in why(names, HERE)
    assert "/" not in press.asked


@pytest.mark.parametrize(
    "answer",
    [
        page(b"User-agent: *\nDisallow: /private"),
        page(b"User-agent: sayso\nAllow: /\n\nUser-agent: *\nDisallow: /"),
        page(b"", status="403 Forbidden"),
        redirect("/robots.txt"),
        page(b"\x00\xff\xfe Disallow: /"),
        page(b"<html><p>Disallow: /</html>"),
    ],
)
def test_a_site_that_does_not_mind_is_read(press: Server, names: Names, answer: bytes) -> None:
    press.replies["/robots.txt"] = answer
    read(names, HERE).stream.close()
    assert press.pages() == ["/"]


def test_robots_txt_of_where_a_redirect_leads_is_asked_too(press: Server, names: Names) -> None:
    other = Server({"/robots.txt": page(b"User-agent: *\nDisallow: /secret"), "/secret": page(SAID)})
    names.hosts["mirror.example"] = [MIRROR]
    names.doors[MIRROR, 80] = other.port
    press.replies["/"] = redirect("http://mirror.example/secret")
    with serving(other):
        reason = why(names, HERE)
    assert reason == "it leads to http://mirror.example/secret: the site asks programs not to read it (robots.txt)"
    assert other.pages() == []


def test_pauses_between_requests_to_one_host(press: Server, names: Names) -> None:
    press.replies |= {"/robots.txt": page(b"User-agent: *\nCrawl-delay: 12.5"), "/a": page(SAID), "/b": page(SAID)}
    with Web(Limits(whole=10), names.network()) as web:  # pauses are no part of the time a page may take
        for target in ("/", "/a", "/b"):
            web.fetch(HERE + target).stream.close()
    assert press.asked == ["/robots.txt", "/", "/a", "/b"]
    assert names.slept == pytest.approx([12.5, 12.5], abs=1)


def test_a_pause_that_is_too_long_is_not_kept_but_said(press: Server, names: Names) -> None:
    press.replies["/robots.txt"] = page(b"User-agent: *\nCrawl-delay: 86400")
    with Web(Limits(), names.network()) as web:
        web.fetch(HERE).stream.close()
        with pytest.raises(UnreadableSource, match="86400 seconds between two requests, longer than Sayso waits"):
            web.fetch(HERE)
    assert press.pages() == ["/"]
    assert names.slept == []


def test_what_a_feed_leads_to_is_read_in_order_and_once(press: Server, names: Names) -> None:
    press.replies |= {"/a": page(b"A"), "/b": page(b"B")}
    names.hosts["inside.example"] = ["192.168.0.7"]
    links = ["/a", f"{HERE}/gone", "http://inside.example/", "javascript:alert(1)", f"{HERE}:81/", "b", "/a"]
    with Web(Limits(), names.network()) as web:
        found = list(web.follow(links, f"{HERE}/feed.xml"))
    assert [_told(one) for one in found] == [
        (f"{HERE}/a", b"A"),
        (f"{HERE}/gone", "there is no such page (404)"),
        ("http://inside.example/", "inside.example is 192.168.0.7, which is a private network"),
        ("javascript:alert(1)", "only addresses with https"),
        (f"{HERE}:81/", "port 81 is not one of the web's, and nobody asked for it"),
        (f"{HERE}/b", b"B"),
    ]
    assert len(names.slept) == 2  # before the second and third page that the host was asked for


def _told(one: Original | UnreadableSource) -> tuple[str | None, bytes | str]:
    if isinstance(one, UnreadableSource):
        return one.source, one.reason.split(":")[0]
    with one.stream as stream:
        return one.address, stream.read()


# Servers that mean ill, or break


def drip(pieces: Callable[[], Iterator[bytes]], every: float) -> Callable[[socket.socket], None]:
    def answer(connection: socket.socket) -> None:
        for piece in pieces():
            connection.sendall(piece)
            time.sleep(every)

    return answer


def test_a_body_that_drips_ends_with_the_time_for_all_of_it(press: Server, names: Names) -> None:
    head = b"HTTP/1.1 200 OK\r\n\r\n"
    press.replies["/"] = drip(lambda: itertools.chain([head], itertools.repeat(b"a", 200)), 0.05)
    start = time.monotonic()
    assert why(names, HERE, Limits(whole=0.6, read=5)) == "it took longer than 0.6 seconds"
    assert time.monotonic() - start < 5


def test_a_head_that_drips_ends_too(press: Server, names: Names) -> None:
    press.replies["/"] = drip(lambda: itertools.chain([b"HTTP/1.1 200 OK\r\nX: "], itertools.repeat(b"a", 200)), 0.05)
    assert why(names, HERE, Limits(whole=0.6, read=5)) == "it took longer than 0.6 seconds"


def test_so_do_empty_promises(press: Server, names: Names) -> None:
    press.replies["/"] = drip(lambda: itertools.repeat(b"HTTP/1.1 103 Early Hints\r\n\r\n", 200), 0.05)
    assert why(names, HERE, Limits(whole=0.6, read=5)) == "it took longer than 0.6 seconds"


def test_a_server_that_falls_silent(press: Server, names: Names) -> None:
    press.replies["/"] = drip(lambda: iter([b"HTTP/1.1 200 OK\r\n\r\n", b"a"]), 0.7)
    assert why(names, HERE, Limits(read=0.3)) == "it has been silent for 0.3 seconds"


def endless(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:  # until nobody takes it any more
        connection.sendall(b"More. " * 1000)


def test_a_body_without_end(press: Server, names: Names) -> None:
    press.replies["/"] = endless
    assert why(names, HERE, Limits(wire=1 << 20)) == "it is larger than 1 MB"


def test_a_body_that_says_it_is_too_large_is_not_waited_for(press: Server, names: Names) -> None:
    press.replies["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"
    assert why(names, HERE) == "it is larger than 64 MB"


def test_a_gzip_bomb(press: Server, names: Names) -> None:
    bomb = gzip.compress(bytes(1 << 24))
    press.replies["/"] = page(bomb, "Content-Encoding: gzip")
    assert why(names, HERE, Limits(unpacked=1 << 20)) == "what it unpacks to is larger than 1 MB"


def test_a_packed_page(press: Server, names: Names) -> None:
    text = SAID * 10_000
    press.replies["/"] = page(gzip.compress(text), "Content-Encoding: GZIP")
    with read(names, HERE).stream as stream:
        assert stream.read() == text


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (page(gzip.compress(SAID)[:-9], "Content-Encoding: gzip"), "what it sent is packed (gzip) and breaks off"),
        (page(SAID, "Content-Encoding: gzip"), "what it sent is packed (gzip) and damaged"),
        (page(SAID, "Content-Encoding: br"), "it is packed in a way that was not asked for (br)"),
        (page(SAID, "Content-Encoding: gzip, gzip"), "it is packed in a way that was not asked for (gzip, gzip)"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nToo short",
            "the connection broke off before all of it had come",
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
            "the connection broke off before all of it had",
        ),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", NO_SERVER),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabc", NO_SERVER),
        (
            b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
            "it does not answer as a web server",
        ),
        (b"", BROKEN_OFF),
        (b"SSH-2.0-OpenSSH_9.9\r\n\r\n", NO_SERVER),
        (b"\x00\xff" * 500, NO_SERVER),
        (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000, NO_SERVER),
        (b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 60_000, NO_SERVER),
        (b"HTTP/1.1 302 \xff\r\nLocation: http://\xff\xfe/\r\n\r\n", ""),
    ],
)
def test_broken_answers_are_said_in_a_sentence(press: Server, names: Names, reply: bytes, reason: str) -> None:
    press.replies["/"] = reply
    assert reason in why(names, HERE)


def test_what_comes_after_the_length_it_said_is_no_part_of_it(press: Server, names: Names) -> None:
    press.replies["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nYesNo"
    with read(names, HERE).stream as stream:
        assert stream.read() == b"Yes"


def test_headers_in_no_encoding_do_no_harm(press: Server, names: Names) -> None:
    press.replies["/"] = b"HTTP/1.1 200 OK\r\nContent-Type: \xff\xfe\r\nX-\x80: \xe9\r\nContent-Length: 3\r\n\r\nYes"
    press.replies["/b"] = b"HTTP/1.1 200 \xe9\r\nContent-Type: text/x; charset=\xff\xfe\r\nX: \xe9\r\n\r\nYes"
    assert "web server" in why(names, HERE)  # no header may be called that
    original = read(names, f"{HERE}/b")
    original.stream.close()
    assert (original.media_type, original.charset) == ("text/x", None)


def test_a_page_to_sign_in_is_not_taken_for_the_report(press: Server, names: Names) -> None:
    press.replies |= {"/": redirect("/account/login.html?next=/"), "/account/login.html?next=/": page(b"Password:")}
    assert why(names, HERE).endswith("that is a page to sign in, the text is not open to everybody")


# TLS


class Secure:
    """A server that proves to be `hosts`, signed by an authority that is believed or not."""

    def __init__(self, *hosts: str) -> None:
        self.authority = trustme.CA()
        self.trust = ssl.create_default_context()
        self.authority.configure_trust(self.trust)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.authority.issue_cert(*hosts).configure_cert(context)
        self.server = Server({"/": page(SAID)}, context)

    def names(self) -> Names:
        hosts = {name: [PRESS] for name in ("press.example", "mirror.example")}
        return Names(hosts, {(PRESS, 443): self.server.port})


def test_https_is_pinned_to_the_number_and_proved_by_the_name() -> None:
    secure = Secure("press.example")
    with serving(secure.server):
        names = secure.names()
        original = read(names, "https://press.example/", trust=secure.trust)
        original.stream.close()
        assert original.address == "https://press.example/"
        assert names.dialled == [(PRESS, 443)] * 2
        # another name at the same number, and the number by itself, are not what the certificate speaks of
        assert "certificate is not to be trusted" in why(names, "https://mirror.example/", trust=secure.trust)
        assert "certificate is not to be trusted" in why(names, f"https://{PRESS}/", trust=secure.trust)
        # nor is a certificate that nobody vouches for
        assert "certificate is not to be trusted" in why(names, "https://press.example/")
        assert secure.server.asked == ["/robots.txt", "/"]


def test_a_number_can_be_proved_too() -> None:
    secure = Secure(PRESS)
    with serving(secure.server):
        read(secure.names(), f"https://{PRESS}/", trust=secure.trust).stream.close()


def test_a_server_without_tls_where_it_should_be(press: Server, names: Names) -> None:
    names.doors[PRESS, 443] = press.port
    assert why(names, "https://press.example/").startswith("it speaks no TLS that can be used")


def test_a_handshake_that_never_ends(names: Names) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        names.doors[PRESS, 443] = mute.getsockname()[1]
        assert why(names, "https://press.example/", Limits(connect=0.3)) == "it has been silent for 0.3 seconds"


# The rest


def test_addresses_are_told_from_files() -> None:
    assert is_address("https://press.example/dam")
    assert is_address("FTP://press.example")
    assert not any(map(is_address, ("report.txt", "-", "reports/", "C:\\reports", "press.example/dam", "http:/x", "")))


def test_secrets_in_an_address_are_not_printed(names: Names) -> None:
    with pytest.raises(UnreadableSource) as caught:
        read(names, "https://ann:hunter2@press.example/x")
    assert str(caught.value) == "https://press.example/x: the address holds a user name or a password: leave them out"


def test_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx2", None)
    with pytest.raises(MissingExtra, match=r"reading addresses needs httpx2: pip install 'sayso\[intake\]'"):
        fetch("https://press.example/")


def test_reading_files_loads_nothing_of_the_web() -> None:
    code = "import sys, sayso.cli, sayso.intake.web; print({'httpx2', 'httpcore2', 'ssl', 'idna'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_limits_can_be_changed_one_by_one() -> None:
    assert replace(Limits(), allow_private=True).whole == Limits().whole
