"""Correcting over HTTP: each step is made, kept with who and when, shown, exported, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sayso.ledger import Ledger
from tests.needed import needed
from tests.ready import read

needed("fastapi", "test")

from starlette.testclient import TestClient  # noqa: E402

from sayso.web.app import app  # noqa: E402
from sayso.web.guard import TOKEN, Rules  # noqa: E402
from sayso.web.room import Room  # noqa: E402

HOST = "desk.test:8765"
TEXT = "Ilse Tamarind said the ferry had sailed. Ossian Brekke said it had not. Nobody saw the harbour master."


@pytest.fixture
def client(ledger: Ledger) -> Iterator[TestClient]:
    ledger.keep(read(TEXT))
    room = Room(ledger, "desk", Rules(frozenset({HOST})), by="I. Tamarind")
    with TestClient(app(room), base_url=f"http://{HOST}", headers={TOKEN: room.rules.token}) as client:
        yield client


def said(client: TestClient, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/api/documents/1", params=query).json()["attributions"]
    return found


def span(words: str) -> list[int]:
    return [TEXT.index(words), TEXT.index(words) + len(words)]


def test_a_voice_a_stance_and_spans_are_changed_and_taken_back_step_by_step(client: TestClient) -> None:
    before = client.get("/api/documents/1").json()
    first = {"attribution": "a2", "voice": "Ossian Brekke the Younger", "type": "person", "stance": "denies"}
    assert client.post("/api/documents/1/edits", json=first).json() == {"made": 2}
    second = {"attribution": "a1", "content": [span("the ferry")], "source": [span("Ilse Tamarind")]}
    assert client.post("/api/documents/1/edits", json=second).json() == {"made": 1}
    one, two = said(client)
    assert one["content"] == [span("the ferry")]
    assert two["stance"] == "denies"
    assert (
        client.get("/api/search", params={"stance": "denies"}).json()["rows"][0]["voice"] == "Ossian Brekke the Younger"
    )
    assert said(client, corrected=False) == before["attributions"]
    assert client.post("/api/documents/1/undo").status_code == 200
    assert said(client)[0]["content"] == before["attributions"][0]["content"]
    assert said(client)[1]["stance"] == "denies"
    assert client.post("/api/documents/1/undo").status_code == 200
    assert client.get("/api/documents/1").json() == before
    assert client.post("/api/documents/1/undo").status_code == 404


def test_an_attribution_is_added_and_taken_away(client: TestClient) -> None:
    new = {"content": [span("the harbour master")], "cue": [span("saw")], "voice": "the author", "type": "author"}
    assert client.post("/api/documents/1/edits", json=new).json() == {"made": 1}
    assert [span("the harbour master")] in [a["content"] for a in said(client)]
    gone = {"attribution": "a1", "gone": True}
    assert client.post("/api/documents/1/edits", json=gone).json() == {"made": 1}
    assert "a1" not in {a["id"] for a in said(client)}


@pytest.mark.parametrize(
    ("what", "score", "left", "sure"),
    [
        ("reject below", 0.95, 0, 0),
        ("reject below", 0.5, 2, 0),
        ("accept from", 0.5, 2, 2),
        ("accept from", 0.95, 2, 0),
    ],
)
def test_many_are_accepted_or_rejected_by_their_score(
    client: TestClient, what: str, score: float, left: int, sure: int
) -> None:
    assert client.post("/api/documents/1/sweep", json={"what": what, "score": score}).status_code == 200
    assert len(said(client)) == left
    assert sum(a["score"] == 1 for a in said(client)) == sure


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"attribution": "a9", "gone": True}, 409),
        ({"content": []}, 409),
        ({"attribution": "a1", "content": [[5, 5]]}, 409),
        ({"attribution": "a1", "content": [[0, 10_000]]}, 409),
        ({"attribution": "a1", "content": [[0, 9], [4, 12]]}, 409),
        ({"attribution": "a1", "stance": "shouts"}, 422),
        ({"attribution": "a1", "spans": []}, 422),
    ],
)
def test_what_does_not_fit_changes_nothing(client: TestClient, change: dict[str, Any], status: int) -> None:
    before = said(client)
    assert client.post("/api/documents/1/edits", json=change).status_code == status
    assert said(client) == before
    assert client.get("/corrections.json").json() == []


def test_who_corrected_what_when_is_kept_shown_and_exported(client: TestClient) -> None:
    client.post("/api/documents/1/edits", json={"attribution": "a1", "stance": "questions"})
    client.post("/api/documents/1/undo")
    (kept,) = client.get("/corrections.json").json()
    assert (kept["field"], kept["old"], kept["new"], kept["who"]) == ("stance", "asserts", "questions", "I. Tamarind")
    assert kept["when"] <= kept["undone"]
    shown = client.get("/corrections").text
    assert "I. Tamarind" in shown
    assert "questions" in shown


def test_two_voices_are_made_one_and_two_again(client: TestClient, ledger: Ledger) -> None:
    ledger.keep(read("Ilse Brekke said that it rained."))
    sent = {TOKEN: client.headers[TOKEN], "name": "Ossian Brekke", "other": "Ilse Brekke"}
    assert client.post("/voice", data=sent, follow_redirects=False).status_code == 303
    assert "Ilse Brekke" not in ledger.voices().column("voice")
    sent = {TOKEN: client.headers[TOKEN], "name": "Ilse Brekke"}
    assert client.post("/voice", data=sent, follow_redirects=False).status_code == 303
    assert "Ilse Brekke" in ledger.voices().column("voice")
    assert client.post("/voice", data=sent).status_code == 409


def test_nothing_is_corrected_without_the_token(client: TestClient) -> None:
    change = {"attribution": "a1", "gone": True}
    assert client.post("/api/documents/1/edits", json=change, headers={TOKEN: "guessed"}).status_code == 403
    assert (
        client.post("/voice", data={"name": "Ossian Brekke", "other": "x"}, headers={TOKEN: "guessed"}).status_code
        == 403
    )
    assert len(said(client)) == 2
