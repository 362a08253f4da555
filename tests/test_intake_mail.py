"""Messages and mailboxes as documents: which part is the text, what is left out, what is broken or hostile."""

from __future__ import annotations

import io
import mailbox
import tracemalloc
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import UnreadableSource
from sayso.intake import mail
from sayso.intake.loaded import Loaded, Made, Metadata, Original

NOTHING = Metadata()
BODY = "The dam above Orvel will hold, the mayor said on Friday.\n\n“Nobody here sleeps,” a baker said."
FOOTER = (
    "You are receiving this because you asked for it.\nUnsubscribe | Manage your preferences\n\nHarbour Wire, 3 Quay"
)


def message(
    body: str = BODY, subject: str = "Dam “will hold”", sender: str = "Harbour Wire <news@hw.example>"
) -> EmailMessage:
    made = EmailMessage()
    made["From"] = sender
    made["Subject"] = subject
    made["Date"] = "Fri, 07 Mar 2031 08:00:00 +0100"
    made.set_content(body)
    return made


def read(data: bytes) -> list[Loaded | UnreadableSource]:
    return list(mail.reports(Original("news", io.BytesIO(data), "news"), NOTHING))


def one(data: bytes) -> Loaded:
    (item,) = read(data)
    assert isinstance(item, Loaded), item
    return item


def box(*messages: bytes) -> bytes:
    return b"".join(b"From hw@hw.example Fri Mar  7 08:00:00 2031\n" + data + b"\n" for data in messages)


def test_a_message_is_a_report() -> None:
    made = message()
    made["Archived-At"] = "<https://hw.example/letters/7>"
    item = one(made.as_bytes())
    document = item.document
    assert document.text == BODY
    assert (document.title, document.outlet) == ("Dam “will hold”", "Harbour Wire")
    assert (document.published, document.url) == ("2031-03-07T08:00:00+01:00", "https://hw.example/letters/7")
    assert item.notes == ()
    assert isinstance(item.made, Made)
    assert (item.made.media_type, item.made.place) == ("message/rfc822", None)


@pytest.mark.parametrize(
    ("sender", "outlet"),
    [
        ("Harbour Wire <news@hw.example>", "Harbour Wire"),
        ('"Wire, Harbour" <news@hw.example>', "Wire, Harbour"),
        ("=?utf-8?q?Caf=C3=A9_Kurier?= <news@hw.example>", "Café Kurier"),
        ("=?utf-8?b?QWJjZA/a=?= <news@hw.example>", "=?utf-8?b?QWJjZA/a=?="),  # wrongly packed
        ("news@hw.example", None),
        ("<>", None),
    ],
)
def test_the_sender_is_the_outlet(sender: str, outlet: str | None) -> None:
    data = f"From: {sender}\nSubject: x\n\n".encode() + BODY.encode()
    assert one(data).document.outlet == outlet


def test_attachments_are_not_read_and_a_note_says_so() -> None:
    made = message()
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="../../etc/passwd")
    made.add_attachment("A text.", filename="a.txt")
    made.add_attachment(message("The inner one."))
    item = one(made.as_bytes())
    assert item.document.text == BODY
    assert item.notes == ("news: 3 attachments not read",)


def test_html_is_read_where_the_plain_text_is_a_stub() -> None:
    made = message("View this email in your browser: https://hw.example/7")
    made.add_alternative(
        "<html><head><title>x</title><style>p {}</style></head><body><div style='display:none'>preheader</div>"
        "<table><tr><td><p>The dam above Orvel will hold, the mayor said on Friday.</p><img src='https://spy.example/1.gif'>"
        "</td></tr><tr><td><p>“Nobody here sleeps,” a baker said.</p></td></tr></table>"
        "<p><a href='x'>Unsubscribe</a></p></body></html>",
        subtype="html",
    )
    assert one(made.as_bytes()).document.text == BODY


def test_plain_text_goes_before_html() -> None:
    made = message()
    made.add_alternative("<p>" + BODY.replace("\n\n", "</p><p>") + "</p><p>In HTML.</p>", subtype="html")
    assert one(made.as_bytes()).document.text == BODY


def test_what_a_reply_answers_to_is_left_out() -> None:
    quoted = "\n\nOn Thu, 6 Mar 2031 at 10:00, Nerys Hadoun\n<nerys@hw.example> wrote:\n> Will it hold?\n>\n> N.\n"
    assert one(message(BODY + quoted, subject="Re: Dam").as_bytes()).document.text == BODY
    kept = one(message(BODY + quoted, subject="Letters to the editor").as_bytes()).document.text
    assert "Will it hold?" in kept


def test_a_reply_in_html_is_read_without_what_it_answers_to() -> None:
    html = f"<p>{BODY}</p><div class='gmail_quote'><p>Nerys wrote:</p><blockquote>Will it hold?</blockquote></div>"
    for subject, is_kept in (("Re: Dam", False), ("Fwd: Dam", True)):
        made = message("x", subject)
        made.set_content(html, subtype="html")
        assert ("Will it hold?" in one(made.as_bytes()).document.text) is is_kept


def test_lines_about_unsubscribing_are_left_out_and_told() -> None:
    item = one(message(f"View this email in your browser\n\n{BODY}\n\n{FOOTER}").as_bytes())
    assert item.document.text == BODY
    assert isinstance(item.made, Made)
    assert item.made.options == (("footer", "left out"),)


def test_a_report_on_unsubscribing_is_kept() -> None:
    body = "\n\n".join(["Thousands chose to unsubscribe from the ferry’s letters, the port said."] + [BODY] * 12)
    assert one(message(body).as_bytes()).document.text == body


def test_a_signature_is_left_out() -> None:
    assert one(message(f"{BODY}\n\n-- \nNerys Hadoun\nHarbour Wire").as_bytes()).document.text == BODY


def test_lines_that_a_program_broke_are_put_together() -> None:
    head = b"From: HW\nContent-Type: text/plain; charset=utf-8; format=flowed\n\n"
    assert one(head + b"The dam will \nhold, she said.\n").document.text == "The dam will hold, she said."


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (b"Content-Type: text/plain; charset=iso-8859-1\n", "The café “closed”".encode("cp1252")),
        (b"Content-Type: text/plain; charset=utf-8\n", "The café “closed”".encode("cp1252")),
        (b"Content-Type: text/plain; charset=no-such-thing\n", "The café “closed”".encode()),
        (b"Content-Type: text/plain\n", "The café “closed”".encode()),
        (b"", "The café “closed”".encode()),
    ],
)
def test_wrong_charsets_are_survived(head: bytes, body: bytes) -> None:
    text = one(b"From: HW\n" + head + b"\n" + body).document.text
    assert text.startswith("The café ")


def test_a_mailbox_holds_many(tmp_path: Path) -> None:
    path = tmp_path / "news.mbox"
    written = mailbox.mbox(str(path))
    for number in range(3):
        written.add(
            message(f"Report {number}.\n\nFrom the quay, nobody saw it.\nFrom here on it rained.", f"Number {number}")
        )
    written.close()
    found = read(path.read_bytes())
    assert [item.document.title for item in found if isinstance(item, Loaded)] == ["Number 0", "Number 1", "Number 2"]
    first = found[0]
    assert isinstance(first, Loaded)
    assert first.document.text == "Report 0.\n\nFrom the quay, nobody saw it.\nFrom here on it rained."
    assert isinstance(first.made, Made)
    assert first.made.place == "message 1"


def test_a_bad_message_of_a_mailbox_is_an_error_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "MAX_MESSAGE", 5000)
    good = message().as_bytes()
    found = read(box(good, b"\n\n", b"From: x\n\n" + b"long line of text\n" * 1000, b"From: x\n\n", good))
    assert [item.made.place for item in found if isinstance(item, Loaded) and item.made] == ["message 1", "message 5"]
    assert [str(item) for item in found if isinstance(item, UnreadableSource)] == [
        "news, message 2: it is no mail message",
        "news, message 3: it is larger than 0 MB",
        "news, message 4: it holds no text",
    ]


def test_an_encrypted_message_says_so() -> None:
    data = (
        b"From: HW\nContent-Type: multipart/encrypted; protocol=x; boundary=b\n\n"
        b"--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n"
        b"--b\nContent-Type: application/octet-stream\n\nx\n--b--\n"
    )
    (error,) = read(data)
    assert str(error) == "news: it is encrypted"


@pytest.mark.parametrize("data", [b"", b"The dam will hold.", b"\x00\xff" * 100, b"Note: this is no mail\n\nThe dam"])
def test_what_is_no_message_is_one_error(data: bytes) -> None:
    (error,) = read(data)
    assert str(error) == "news: it is no mail message"


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        (b"From hw@hw.example Fri Mar  7 08:00:00 2031\n", True),
        (b"Return-Path: <x>\nReceived: from y\n", True),
        (b"From: HW <x>\nMIME-Version: 1.0\n", True),
        (b"From the quay, nobody saw it.\n", False),
        (b"Title: Dam\n\nThe dam", False),
        (b"", False),
    ],
)
def test_mail_is_told_by_its_first_lines(head: bytes, is_one: bool) -> None:
    assert mail.is_one(head) is is_one


def nested(depth: int) -> bytes:
    parts = (b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth))
    return b"From: HW\n" + b"".join(parts) + b"\nThe dam will hold."


@pytest.mark.parametrize(
    "data",
    [
        nested(3000),
        b"From: HW\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\nq\n" * 20_000,
        b"From: HW\nContent-Type: multipart/mixed; " + b'";' * 200_000 + b"\n\nThe dam will hold.",
        b"From: " + b"(" * 500_000 + b"\n\nThe dam will hold.",
        b"Subject: " + b"=?utf-8?q?x?= " * 50_000 + b"\n\nThe dam will hold.",
        b"From: HW\n" + b"X: y\n" * 100_000 + b"\nThe dam will hold.",
        b"From: HW\nContent-Type: text/html\n\n" + b"<div>" * 20_000 + b"The dam will hold.",
        b"From: HW\nSubject: Re: x\n\n" + b"On x wrote:\n" * 50_000 + b"> x\n",
        b"From: HW\n\n" + b"unsubscribe \n\n" * 50_000,
        b"From hw@hw.example Fri Mar  7 08:00:00 2031\n" * 5_000,
    ],
)
def test_hostile_messages_take_no_time_that_grows_with_their_square(data: bytes) -> None:
    for item in read(data):
        assert isinstance(item, UnreadableSource) or item.document.text.strip()


MAILBOX = box(message().as_bytes().replace(b"base64", b"base64"), nested(3))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_mutated_mailboxes_never_crash(data: st.DataObject) -> None:
    whole = bytearray(MAILBOX)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole)))
        whole[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=20))
    for item in read(bytes(whole)):
        assert isinstance(item, UnreadableSource) or item.document.text.strip()


@given(st.binary(max_size=300))
def test_any_message_is_read_or_told(body: bytes) -> None:
    for head in (b"From: HW\n\n", b"From: HW\nContent-Type: text/html\n\n", b"Subject: "):
        for item in read(head + body):
            assert isinstance(item, UnreadableSource) or item.document.text.strip()


def test_memory_does_not_grow_with_the_mailbox() -> None:
    letter = message(BODY * 400).as_bytes()
    peaks = []
    for count in (5, 50):
        stream = io.BytesIO(box(*[letter] * count))
        tracemalloc.start()
        assert sum(isinstance(item, Loaded) for item in mail.reports(Original("big", stream), NOTHING)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5
