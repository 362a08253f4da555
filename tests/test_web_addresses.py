"""What is written as an address: read in one way or refused, and no private number in any spelling."""

from __future__ import annotations

import socket
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sayso.errors import UnreadableSource
from sayso.intake.web import Web
from sayso.intake.web.addresses import LONGEST, Address, joined, parsed
from sayso.intake.web.failure import NotFetched
from sayso.intake.web.public import is_number, not_public
from tests.web import Names

BASE = Address("https", "press.example", 443, "/2031/03/dam?page=2")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("https://press.example", "https://press.example/"),
        ("  HTTPS://Press.Example:443/Dam#top\n", "https://press.example/Dam"),
        ("http://press.example:80?q=a b".replace(" ", "+"), "http://press.example/?q=a+b"),
        ("http://press.example:8080/", "http://press.example:8080/"),
        ("http://press.example:/", "http://press.example/"),
        ("https://press.example./", "https://press.example/"),
        ("https://press_office.example/a_b", "https://press_office.example/a_b"),
        ("https://press.example/a%20b/%C3%BC/ü|'\"<>", "https://press.example/a%20b/%C3%BC/%C3%BC%7C'%22%3C%3E"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("https://新聞。example/", "https://xn--efvv70d.example/"),
        ("https://xn--mnchen-3ya.example/", "https://xn--mnchen-3ya.example/"),
        ("https://93.184.215.14/", "https://93.184.215.14/"),
        ("https://[2606:2800:0021:CB07:0:0:0:1]:8443/x", "https://[2606:2800:21:cb07::1]:8443/x"),
        ("https://press.example//a/../b/./", "https://press.example//a/../b/./"),
    ],
)
def test_addresses(written: str, meant: str) -> None:
    assert str(parsed(written)) == meant
    assert parsed(meant) == parsed(written)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "only addresses with"),
        ("press.example/dam", "only addresses with"),
        ("ftp://press.example/", "only addresses with"),
        ("file:///etc/passwd", "only addresses with"),
        ("javascript:alert(1)", "only addresses with"),
        ("data:text/html,hello", "only addresses with"),
        ("https:press.example", "names no host"),
        ("https:///dam", "names no host"),
        ("https://?q", "names no host"),
        ("https://:443/", "host cannot be understood"),
        ("https://press.example:443:80/", "host cannot be understood"),
        ("https://press.example:0/", "port is not a number"),
        ("https://press.example:65536/", "port is not a number"),
        ("https://press.example:٤٤٣/", "host cannot be understood"),
        ("https://press.example:-1/", "host cannot be understood"),
        ("https://ann@press.example/", "user name or a password"),
        ("https://ann:pw@press.example/", "user name or a password"),
        ("https://press.example@127.0.0.1/", "user name or a password"),
        ("https://@press.example/", "user name or a password"),
        ("https://press.example\\@127.0.0.1/", "characters that no address may hold"),
        ("https://press.example/a b", "white space"),
        ("https://press.exa\tmple/", "white space"),
        ("https://press.example/\x00", "characters that no address may hold"),
        ("https://press.example/\ud800", "characters that no address may hold"),
        ("https://press.example/\u2028x", "white space"),
        ("https://press..example/", "no possible name"),
        ("https://press.example%2eevil.example/", "no possible name"),
        ("https://%31%32%37.0.0.1/", "no possible name"),
        ("https://press!example/", "no possible name"),
        ("https://a" + "b" * 63 + ".example/", "no possible name"),
        ("https://" + "a." * 130 + "example/", "no possible name"),
        ("https://\u00ad/", "no possible name"),
        ("https://ℂ℀.example/", None),  # NFKC makes it hold a slash
        ("https://[::1/", None),
        ("https://[fe80::1%25eth0]/", None),
        ("https://[fe80::1%eth0]/", None),
        ("https://[v1.fe80]/", None),
        ("https://[press.example]/", None),
        ("https://[1:2:3]/", None),
        ("https://x[::1]/", None),
        ("https://127.1/", "odd spelling"),
        ("https://0x7f.1/", "odd spelling"),
        ("https://0X7F000001/", "odd spelling"),
        ("https://2130706433/", "odd spelling"),
        ("https://017700000001/", "odd spelling"),
        ("https://0177.0.0.01/", "odd spelling"),
        ("https://127.0.0.1.2/", "odd spelling"),
        ("https://127.0.0.256/", "odd spelling"),
        ("https://press.example.7/", "odd spelling"),
        ("https://press.example/" + "a" * LONGEST, "longer than 8,000 characters"),
    ],
)  # fmt: skip
def test_what_is_no_address_or_none_to_be_trusted(written: str, reason: str | None) -> None:
    with pytest.raises(NotFetched, match=reason):
        parsed(written)


@pytest.mark.parametrize(
    ("link", "meant"),
    [
        ("/x", "https://press.example/x"),
        ("x?y#z", "https://press.example/2031/03/x?y"),
        ("../x y", "https://press.example/2031/x%20y"),
        ("?page=3", "https://press.example/2031/03/dam?page=3"),
        ("", "https://press.example/2031/03/dam?page=2"),
        ("//mirror.example", "https://mirror.example/"),
        ("http://mirror.example:81/", "http://mirror.example:81/"),
    ],
)
def test_links(link: str, meant: str) -> None:
    assert str(joined(BASE, link)) == meant


@given(
    st.text()
    | st.text().map("https://".__add__)
    | st.text(alphabet="0123456789abcdefx.:[]%@/?#\\").map("http://".__add__)
)
@example("http://[")
@example("http://[]:x")
@example("http://1.2.3.4.")
@example("https://ß。ℂ/")
def test_any_text_is_an_address_or_refused_in_a_sentence(text: str) -> None:
    for read in (parsed, lambda link: joined(BASE, link)):
        with suppress(NotFetched):
            address = read(text)
            assert str(address).isascii()
            assert parsed(str(address)) == address


# Which numbers are public

INSIDE = """
    0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254 169.254.169.254
    169.254.170.2 168.63.129.16 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1
    198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 :: ::1
    ::7f00:1 ::5db8:d70e ::ffff:127.0.0.1 ::ffff:93.184.215.14 64:ff9b::7f00:1 64:ff9b::5db8:d70e 64:ff9b:1::1
    100::1 2001::1 2001:0:5db8:d70e:: 2001:10::1 2001:db8::1 2002:7f00:1:: 2002:5db8:d70e:: 3fff::1 5f00::1 4000::1
    fc00::1 fd00:ec2::254 fd20:ce::254 fe80::1 fe80::1%eth0 2606:4700::1%1 fec0::1 ff02::1 ff0e::1
"""


@pytest.mark.parametrize("number", INSIDE.split())
def test_numbers_that_lead_inside(number: str) -> None:
    assert not_public(number)


OUTSIDE = """
    1.1.1.1 9.255.255.255 11.0.0.0 93.184.215.14 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1 169.253.0.1
    172.15.255.255 172.32.0.0 192.0.1.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255
    2001:200::1 2003::1 2606:4700::1111 2a00:1450:4001:80b::200e 2c0f::1
"""


@pytest.mark.parametrize("number", OUTSIDE.split())
def test_numbers_that_anybody_may_ask(number: str) -> None:
    assert not_public(number) is None


PRIVATE = (
    st.sampled_from(["127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.1.1", "172.20.0.1", "100.64.1.1", "0.0.0.0"])
    | st.integers(0, 2**24 - 1).map(lambda low: str(IPv4Address((127 << 24) + low)))
    | st.integers(0, 2**24 - 1).map(lambda low: str(IPv4Address((10 << 24) + low)))
).map(IPv4Address)


def _digits(number: int, base: str) -> str:
    return {"hex": f"0x{number:x}", "HEX": f"0X{number:08X}", "oct": f"0{number:o}", "dec": str(number)}[base]


@st.composite
def spellings(draw: st.DrawFn) -> str:
    """A private number as some resolver or other would read it."""
    ip = draw(PRIVATE)
    parts = list(ip.packed)
    kept = draw(st.integers(0, 3))  # so many bytes by themselves, the rest in one number
    numbers = [*parts[:kept], int.from_bytes(bytes(parts[kept:]), "big")]
    plain = ".".join(_digits(n, draw(st.sampled_from(["hex", "HEX", "oct", "dec", "dec"]))) for n in numbers)
    six = draw(
        st.sampled_from(["::ffff:{}", "::{}", "64:ff9b::{}", "2002:{}::", "2001:0:{}::", "fd00::{}", "fe80::{}%25eth0"])
    )
    pair = f"{int(ip) >> 16:x}:{int(ip) & 0xFFFF:x}"
    wide = plain.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789xabcdef"})
    return draw(
        st.sampled_from(
            [plain, plain + ".", wide, plain.replace(".", "。"), plain.replace(".", "%2e"), f"[{six.format(pair)}]"]
            + ([f"[::ffff:{ip}]", f"[::{ip}]", f"[64:ff9b::{ip}]"] if "%" not in plain else [])
        )
    )


@given(
    spellings(), st.sampled_from(["http://{}/", "https://{}:443/x", "HTTP://{}", "http://press.example@{}/", "//{}/"])
)
def test_no_private_number_is_dialled_however_it_is_spelt(host: str, form: str) -> None:
    names = Names({"press.example": ["93.184.215.14"]})
    with Web(network=names.network()) as web:
        with pytest.raises(UnreadableSource):
            web.fetch(form.format(host))
        (refused,) = web.follow([form.format(host)], "http://press.example/")
    assert isinstance(refused, UnreadableSource)
    assert names.dialled == []


@given(st.text(max_size=40), st.lists(st.ip_addresses().map(str), max_size=3))
def test_whatever_a_name_leads_to_only_public_numbers_are_dialled(host: str, numbers: list[str]) -> None:
    names = Names()
    names.look_up = lambda host, port: numbers  # type: ignore[method-assign]
    with Web(network=names.network()) as web, pytest.raises(UnreadableSource):
        web.fetch(f"http://{host}.example/")
    for number, _ in names.dialled:
        assert not_public(number) is None


@given(st.ip_addresses())
def test_what_the_standard_library_calls_private_is_not_public(ip: IPv4Address | IPv6Address) -> None:
    assert is_number(str(ip))
    if not ip.is_global or ip.is_multicast:
        assert not_public(str(ip))


def test_the_systems_own_names_for_this_machine() -> None:
    for _, _, _, _, where in socket.getaddrinfo("localhost", 80, type=socket.SOCK_STREAM):
        assert not_public(str(where[0]))
