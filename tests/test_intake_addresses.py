"""Addresses, feeds and tables as a person gives them: what is fetched, what is read, what is said."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sayso.cli import main
from sayso.errors import UnreadableSource
from sayso.intake.columns import Columns, from_words
from sayso.intake.how import USUAL, How
from sayso.intake.loaded import Loaded, Metadata
from sayso.intake.opened import Intake
from tests.ready import Ready
from tests.web import PRESS, Names, Server, page, redirect, serving

NOTHING = Metadata()
HERE = "http://press.example"
SAID = "Ilse Tamarind said that the dam was closed."
PAGE = f"<html><head><title>Dam closed</title></head><body><article><p>{SAID}</p></article></body></html>".encode()
ENTRY = "<item><title>{}</title><link>{}</link><description>In short.</description></item>"


def feed(*entries: tuple[str, str]) -> bytes:
    items = "".join(ENTRY.format(title, link) for title, link in entries)
    return f"<rss version='2.0'><channel><title>Harbour Wire</title>{items}</channel></rss>".encode()


@dataclass
class Web:
    """A site, and names that lead to it."""

    site: Server
    names: Names

    def read(self, source: str, how: How = USUAL, known: Metadata = NOTHING) -> list[Loaded | UnreadableSource]:
        with Intake(how, self.names.network()) as intake:
            return [*intake.loaded(source, known)]

    def texts(self, source: str, how: How = USUAL) -> list[str]:
        return [str(r) if isinstance(r, UnreadableSource) else r.document.text for r in self.read(source, how)]


@pytest.fixture
def web() -> Iterator[Web]:
    site = Server({"/dam": page(PAGE), "/two": page(PAGE.replace(b"closed", b"open"))})
    with serving(site):
        yield Web(site, Names({"press.example": [PRESS]}, {(PRESS, 80): site.port}))


def test_a_page(web: Web) -> None:
    web.site.replies["/old"] = redirect("/dam")
    (report,) = web.read(f"{HERE}/old", known=Metadata(outlet="Ridge Voice"))
    assert isinstance(report, Loaded)
    document = report.document
    assert (document.text, document.title, document.outlet) == (SAID, "Dam closed", "Ridge Voice")
    assert (document.url, document.path) == (f"{HERE}/dam", None)
    assert report.made is not None
    assert report.made.extractor == "trafilatura"


@pytest.mark.parametrize(
    ("target", "kind", "body"),
    [
        ("/dam.txt", "text/plain; charset=utf-8", SAID.encode()),
        ("/print?id=7", "application/octet-stream", SAID.encode()),
        ("/dam.md", "text/plain", f"**{SAID}**".encode()),
    ],
)
def test_what_is_no_page_keeps_its_address(web: Web, target: str, kind: str, body: bytes) -> None:
    web.site.replies[target] = page(body, kind=kind)
    (report,) = web.read(HERE + target)
    assert isinstance(report, Loaded)
    assert (report.document.text, report.document.url) == (SAID, HERE + target)


def test_the_encoding_that_the_server_says(web: Web) -> None:
    web.site.replies["/cp"] = page(
        PAGE.replace(b"closed", "\u043aлосед".encode("koi8-r")), kind="text/html; charset=koi8-r"
    )
    assert web.texts(f"{HERE}/cp") == [SAID.replace("closed", "\u043aлосед")]


def test_what_cannot_be_had_is_said(web: Web) -> None:
    assert web.texts(f"{HERE}/nothing") == [f"{HERE}/nothing: there is no such page (404)"]
    (said,) = web.texts("http://127.0.0.1:8000/x")
    assert said.startswith("http://127.0.0.1:8000/x: ")


def test_a_feed_is_what_it_holds(web: Web) -> None:
    web.site.replies["/feed"] = page(feed(("Dam", f"{HERE}/dam"), ("Two", f"{HERE}/two")), kind="application/rss+xml")
    reports = web.read(f"{HERE}/feed")
    assert [r.document.text for r in reports if isinstance(r, Loaded)] == ["Dam\n\nIn short.", "Two\n\nIn short."]
    assert [r.notes for r in reports if isinstance(r, Loaded)] == [
        (f"{HERE}/feed: of some entries the feed holds only title and summary; --follow reads their pages",),
        (),
    ]
    assert web.site.pages() == ["/feed"]


def test_its_pages_are_followed(web: Web) -> None:
    entries = [("Dam", "/dam"), ("Gone", "/gone"), ("Two", "/two"), ("Again", "/dam"), ("In", "http://127.0.0.1/x")]
    absolute = [(title, HERE + link if link.startswith("/") else link) for title, link in entries]
    web.site.replies["/feed"] = page(feed(*absolute), kind="application/rss+xml")
    reports = web.read(f"{HERE}/feed", How(follow=True))
    assert (
        next(str(r) for r in reports if isinstance(r, UnreadableSource)) == f"{HERE}/gone: there is no such page (404)"
    )
    documents = [report.document for report in reports if isinstance(report, Loaded)]
    assert [(d.title, d.outlet, d.url) for d in documents] == [
        ("Dam closed", "Harbour Wire", f"{HERE}/dam"),
        ("Dam open", "Harbour Wire", f"{HERE}/two"),
    ]
    assert len(reports) == 4
    assert web.site.pages() == ["/feed", "/dam", "/gone", "/two"]
    assert len(web.names.slept) == 3  # a pause before every request but the first


def test_a_feed_in_a_file_is_followed_only_if_it_is_asked_for(web: Web, tmp_path: Path) -> None:
    path = tmp_path / "dam.rss"
    path.write_bytes(feed(("Dam", f"{HERE}/dam"), ("Odd", f"{HERE}:8080/dam")))
    assert web.texts(str(path)) == ["Dam\n\nIn short.", "Odd\n\nIn short."]
    assert web.site.asked == []
    texts = web.texts(str(path), How(follow=True))
    assert texts[0] == SAID
    assert "port 8080" in texts[1]


def test_nothing_is_fetched_that_nobody_gave(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("somebody wants to go out")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    (tmp_path / "a.html").write_text(
        f'<html><body><p>{SAID}</p><a href="{HERE}"><img src="{HERE}/x.png"></body></html>'
    )
    (tmp_path / "b.rss").write_bytes(feed(("Dam", f"{HERE}/dam")))
    (tmp_path / "c.csv").write_text(f'text,url\n"{SAID}",{HERE}/dam\n')
    for name in "abc":
        with Intake() as intake:
            (path,) = tmp_path.glob(f"{name}.*")
            assert all(isinstance(report, Loaded) for report in intake.loaded(str(path), NOTHING))


def test_columns_as_they_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'body,note\nno,"{SAID}"\n')
    with Intake(How(columns=Columns(text="note", title="body"))) as intake:
        (report,) = intake.loaded(str(path), NOTHING)
    assert isinstance(report, Loaded)
    assert (report.document.text, report.document.title, report.notes) == (SAID, "no", ())
    assert from_words(["text=a, b,title=c", "url=d"]) == Columns(text="a, b", title="c", url="d")


@pytest.fixture
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sayso.engine.Engine", lambda threads=None: Ready())


def sayso(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="sayso")


@pytest.mark.usefixtures("in_a_folder")
@pytest.mark.parametrize("command", [("read", "--format", "jsonl"), ("add", "desk.sayso")])
def test_addresses_on_the_command_line(web: Web, command: tuple[str, ...]) -> None:
    here = f"http://127.0.0.1:{web.site.port}"
    done = sayso(*command, f"{here}/dam")
    assert done.exit_code == 1
    assert "--allow-private" in done.stderr
    assert web.site.asked == []
    web.site.replies["/feed"] = page(feed(("Dam", f"{here}/dam"), ("Two", f"{here}/two")), kind="application/rss+xml")
    done = sayso(*command, f"{here}/feed", "--follow", "--allow-private", "--pause", "0")
    assert (done.exit_code, done.stderr) == (0, "" if command[0] == "read" else "sayso: 2 added\n")
    done = sayso(*command, f"{here}/dam", "--allow-private", "--pause", "0")
    assert (done.exit_code, done.stderr) == (0, "" if command[0] == "read" else "sayso: 1 there already\n")
    web.site.replies["/large"] = page(b"x" * 2_000_000)
    done = sayso(*command, f"{here}/large", "--allow-private", "--pause", "0", "--max-size", "1")
    assert (done.exit_code, "1 MB" in done.stderr) == (1, True)


@pytest.mark.usefixtures("in_a_folder")
def test_options_that_mean_nothing_are_said() -> None:
    done = sayso("add", "desk.sayso", "a.csv", "--columns", "body")
    assert (done.exit_code, "--columns: 'body' is not of the form text=NAME" in done.stderr) == (2, True)
    assert "an address begins with https://" in sayso("add", "desk.sayso", "www.press.example/dam").stderr
