"""The reading room over HTTP: its pages, who may come in, what may be sent, what comes back as JSON."""

from __future__ import annotations

import re
import socket
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso.engine import Engine
from sayso.ledger import Ledger
from tests.needed import needed
from tests.ready import Ready

needed("fastapi", "test")
needed("multipart", "test")

import httpx2  # noqa: E402
import schemathesis  # noqa: E402
from hypothesis import HealthCheck, given, settings  # noqa: E402
from schemathesis.specs.openapi.checks import positive_data_acceptance  # noqa: E402

from sayso.web.app import app  # noqa: E402
from sayso.web.guard import LARGEST, TOKEN, Rules  # noqa: E402
from sayso.web.room import Room  # noqa: E402
from tests.room import EXAMPLES, filled, served  # noqa: E402

HOST = "desk.test:8765"
PAGES = (
    "/", "/?words=rocket&stance=&outlet=", "/?like=the+ship+carried+weapons", "/?words=rocket&inside=text",
    "/documents", "/documents/1", "/voices", "/voice?name=Salim+Dravek", "/outlets", "/outlet?name=Harbour+Wire",
    "/naming", "/naming?of=Highland+Defense+Council&per=month", "/timeline", "/timeline?dated=told", "/network",
    "/sourcing", "/add",
)  # fmt: skip
PICTURES = ("/charts/over-time.svg", "/charts/sourcing.svg", "/charts/network.svg",
            "/charts/naming.svg?of=Highland+Defense+Council")  # fmt: skip
HOSTILE = '<img src=x onerror="alert(1)">"\'</script><script>alert(2)</script>'


@pytest.fixture(scope="module")
def desk(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with filled(tmp_path_factory.mktemp("web") / "desk.sayso", engine) as ledger:
        yield ledger


@pytest.fixture(scope="module")
def client(desk: Ledger) -> Iterator[httpx2.Client]:
    with served(desk) as (address, _), httpx2.Client(base_url=address, timeout=30) as client:
        yield client


def token(client: httpx2.Client) -> str:
    found = re.search(r'name="sayso-token" content="([^"]+)"', client.get("/add").text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_there_without_script(client: httpx2.Client, page: str) -> None:
    answer = client.get(page)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(
        r"<script(?![^>]* src=\"/static/)|<style|\son\w+=|\sstyle=|(?:src|href)=\"https?://(?!\w+\.example)",
        answer.text,
    )
    assert "<h1" in answer.text
    assert 'id="main"' in answer.text


@pytest.mark.parametrize("picture", PICTURES)
def test_pictures_are_images_in_which_nothing_runs(client: httpx2.Client, picture: str) -> None:
    answer = client.get(picture)
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "<svg" in answer.text
    assert not re.search(r"<script|\shref=|\son\w+=", answer.text)


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/nothing", 404, "There is no such page"),
        ("/documents/999", 404, "no such report"),
        ("/documents/x", 422, "That cannot be asked"),
        ("/voice?name=Nobody+At+All", 404, "Nobody in this ledger is called Nobody At All."),
        ("/outlet?name=Nowhere", 404, "Nothing in this ledger was published by Nowhere."),
        ("/?words=*", 400, "role=\"alert\""),
        ("/?since=yesterday", 422, "since"),
        ("/?since=2031-13", 400, "2031-13"),
        ("/?stance=shouts", 422, "stance"),
        ("/add/99", 404, "not remembered"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_said(client: httpx2.Client, address: str, status: int, says: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert says in answer.text
    assert "Traceback" not in answer.text


def test_a_voice_leads_to_what_it_said_and_a_statement_to_its_place(client: httpx2.Client) -> None:
    page = client.get("/voice?name=Salim+Dravek").text
    assert "What they said" in page
    place = re.search(r'href="(/documents/(\d+)#(a\d+))"', page)
    assert place is not None
    assert f'id="{place[3]}"' in client.get(place[1].partition("#")[0]).text


def test_counts_are_those_of_the_search(client: httpx2.Client) -> None:
    counts = client.get("/api/counts", params={"words": "rocket"}).json()
    rows = client.get("/api/search", params={"words": "rocket", "limit": 1000}).json()["rows"]
    assert counts["statements"] == len(rows) > 0
    assert sum(each["statements"] for each in counts["facets"]["stance"]) == counts["statements"]
    narrowed = client.get("/api/counts", params={"words": "rocket", "type": "person"}).json()["statements"]
    assert {"value": "person", "statements": narrowed} in counts["facets"]["type"]


def test_what_is_found_and_all_readings_can_be_taken_elsewhere(client: httpx2.Client, desk: Ledger) -> None:
    rows = client.get("/found.csv", params={"words": "rocket", "limit": 100}).text.splitlines()
    assert rows[0].startswith("published,outlet,voice")
    assert len(rows) == 1 + client.get("/api/counts", params={"words": "rocket"}).json()["statements"]
    assert client.get("/found.parquet?words=rocket").content[:4] == b"PAR1"
    lines = client.get("/export/jsonl").text.splitlines()
    assert len(lines) == sum(entry.read_as == entry.key for entry in desk.documents())
    assert client.get("/export/brat").content[:2] == b"PK"
    assert client.get("/export/nothing").status_code == 404


def test_beside_a_report_stands_what_others_say_too(tmp_path: Path) -> None:
    from starlette.testclient import TestClient

    engine = Engine()
    with Ledger(tmp_path / "incident.sayso") as ledger:
        ledger.add([str(path) for path in sorted((EXAMPLES / "incident").glob("m*.txt"))], engine=engine)
        ledger.compare()
        (first, *_) = ledger.claims(sure=0.0).records()
        room = Room(ledger, "desk", Rules(frozenset({HOST})))
        with TestClient(app(room), base_url=f"http://{HOST}") as client:
            assert first["wording"].split()[0] in client.get("/claims").text
            page = client.get(f"/claims/{first['claim']}").text
            assert "Who has it from whom" in page
            assert client.get("/charts/whence.svg", params={"claim": first["claim"]}).status_code == 200
            assert "The same claims in other reports" in client.get("/documents/1").text
            assert client.get("/claims/99999").status_code == 404


def test_the_api_gives_the_reading_itself(client: httpx2.Client, desk: Ledger) -> None:
    assert client.get("/api/documents/1").json() == desk.reading(1).to_dict()


# Who may come in.


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:80", ""])
def test_another_host_is_not_served(client: httpx2.Client, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code in (400, 421)


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        ({}, {}),
        ({}, {TOKEN: "guessed"}),
        ({"origin": "https://evil.example"}, {"right": True}),
        ({"sec-fetch-site": "cross-site"}, {"right": True}),
        ({"content-type": "text/plain"}, {}),
        ({TOKEN: "guessed"}, {}),
    ],
)
def test_nothing_is_changed_but_from_a_page_of_ours(
    client: httpx2.Client, desk: Ledger, headers: dict[str, str], fields: dict[str, Any]
) -> None:
    before = len(list(desk.documents()))
    data = {"text": "Ada Lorn said that it rained."} | ({TOKEN: token(client)} if fields.get("right") else fields)
    assert client.post("/add", data=data, headers=headers).status_code == 403
    assert len(list(desk.documents())) == before


def test_with_a_key_nobody_comes_in_without(desk: Ledger) -> None:
    with served(desk, key="a key that is long enough") as (address, _), httpx2.Client(base_url=address) as client:
        assert client.get("/").status_code == 403
        assert client.get("/api/search").status_code == 403
        assert client.get("/?key=another").status_code == 403
        entered = client.get("/voices?key=a+key+that+is+long+enough")
        assert (entered.status_code, entered.headers["location"]) == (303, "/voices")
        assert "httponly" in entered.headers["set-cookie"].lower()
        assert client.get("/voices").status_code == 200


def test_a_room_to_read_in_only_takes_nothing(desk: Ledger) -> None:
    with served(desk, writable=False) as (address, rules), httpx2.Client(base_url=address) as client:
        assert client.get("/add").status_code == 404
        assert client.post("/add", data={TOKEN: rules.token, "text": "x"}).status_code in (404, 405)
        assert 'href="/add"' not in client.get("/").text


# What may be sent.


def added(client: httpx2.Client, **sent: Any) -> str:
    """Add, wait, and return the page that says what became of it."""
    data = {TOKEN: token(client)} | sent.pop("data", {})
    answer = client.post("/add", data=data, **sent)
    assert answer.status_code == 303, answer.text
    where = answer.headers["location"]
    for _ in range(600):
        if client.get(f"/api/jobs/{where.rpartition('/')[2]}").json()["done"]:
            return client.get(where).text
        time.sleep(0.05)
    raise AssertionError("the add is not done")


def test_a_text_is_pasted_and_escaped_wherever_it_is_shown(client: httpx2.Client) -> None:
    text = f"“{HOSTILE}”, said Ada {HOSTILE} Lorn on Monday. The mayor denied it."
    page = added(client, data={"text": text, "title": HOSTILE, "outlet": HOSTILE, "published": "2031-05-01"})
    where = re.search(r'href="(/documents/\d+)"', page)
    assert where is not None
    for address in (
        where[1],
        "/",
        "/documents",
        "/outlets",
        "/sourcing",
        "/timeline",
        "/network",
        "/charts/sourcing.svg",
    ):
        shown = client.get(address).text
        assert "<img src=x" not in shown, address
        assert "alert(2)</script>" not in shown, address


def test_files_are_added_each_for_itself_whatever_they_are_called(client: httpx2.Client, tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b"a" * (1 << 27) + b"</w>")
    page = added(
        client,
        files=[
            ("files", ("../../etc/passwd\\..\\note.txt", b"Ilse Tamarind said that the ferry had sailed on time.")),
            ("files", ("page.html", b"<title>Ferry</title><p>Ilse Tamarind said so to us all, twice.</p>")),
            ("files", ("bomb.docx", bomb.read_bytes())),
            ("files", ("broken.pdf", b"%PDF-1.7 nothing more")),
        ],
    )  # fmt: skip
    assert page.count(">added<") >= 1
    assert page.count("could not be read") >= 2
    assert ">note</a>" in page
    assert not re.search("etc/passwd|/tmp", page)


@pytest.mark.parametrize(
    "sent", [{}, {"text": "  "}, {"address": "file:///etc/passwd"}, {"text": "x", "published": "soon"}]
)
def test_what_cannot_be_added_is_said(client: httpx2.Client, sent: dict[str, str]) -> None:
    answer = client.post("/add", data={TOKEN: token(client)} | sent)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_no_address_of_this_machine_is_asked(client: httpx2.Client) -> None:
    assert "could not be read" in added(client, data={"address": f"http://127.0.0.1:{client.base_url.port}/"})


def test_too_much_is_not_taken(client: httpx2.Client) -> None:
    with socket.create_connection((client.base_url.host, client.base_url.port)) as connection:
        head = f"POST /add HTTP/1.1\r\nhost: 127.0.0.1:{client.base_url.port}\r\ncontent-length: {LARGEST + 1}\r\n\r\n"
        connection.sendall(head.encode())
        assert connection.recv(64).startswith(b"HTTP/1.1 413")


def test_too_much_is_not_taken_either_if_it_does_not_say_how_much(client: httpx2.Client) -> None:
    def pieces() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        yield from (b"a" * (1 << 20) for _ in range((LARGEST >> 20) + 2))

    answer = client.post("/add", content=pieces(), headers={"content-type": "multipart/form-data; boundary=x"})
    assert answer.status_code == 413
    assert client.get("/documents").status_code == 200


def test_a_slow_client_keeps_nobody_waiting(client: httpx2.Client) -> None:
    slow = [socket.create_connection((client.base_url.host, client.base_url.port)) for _ in range(50)]
    try:
        for connection in slow:
            connection.sendall(b"GET / HTTP/1.1\r\nhost:")
        assert client.get("/documents", timeout=5).status_code == 200
    finally:
        for connection in slow:
            connection.close()


# The same on both databases, and against everything that the description of the API allows.


def test_every_page_on_both_databases(ledger: Ledger) -> None:
    from starlette.testclient import TestClient

    engine = Ready()
    for number in range(3):
        text = f"Ilse Tamarind said the ferry {number} had sailed. Ossian Brekke said it had not."
        ledger.keep(next(iter(engine.read_many([text]))))
    room = Room(ledger, "desk", Rules(frozenset({HOST})))
    with TestClient(app(room), base_url=f"http://{HOST}") as client:
        for page in ("/", "/?words=ferry", "/documents", "/documents/1", "/voices", "/voice?name=Ilse+Tamarind",
                     "/claims", "/outlets", "/naming?of=Ilse+Tamarind", "/timeline", "/timeline?dated=told", "/network",
                     "/sourcing", "/api/counts?words=ferry", "/api/about", "/charts/over-time.svg"):  # fmt: skip
            assert client.get(page).status_code == 200, page


def test_the_api_is_as_it_says(client: httpx2.Client) -> None:
    schema = schemathesis.openapi.from_url(f"{client.base_url}/api/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) == 17
    ours = token(client)
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(max_examples=15, suppress_health_check=list(HealthCheck))
        def holds(case: schemathesis.Case) -> None:
            case.call_and_validate(
                headers={TOKEN: ours}, excluded_checks=[positive_data_acceptance]
            )  # 30 February, a lone asterisk: 400

        holds()
