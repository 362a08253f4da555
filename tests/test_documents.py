"""A text and what is known of it, as a document."""

from __future__ import annotations

import dataclasses
import hashlib

import pytest

from sayso.documents import document
from sayso.errors import InvalidMetadata


def test_document() -> None:
    text = "The minister said on Monday that the bridge was closed, and that the road was too."
    made = document(
        text, title="Bridge closed", outlet="Harbour Wire", published="2031-03-12", url="https://example.org"
    )
    assert made.text == text
    assert made.id == "sha256:" + hashlib.sha256(text.encode()).hexdigest()
    assert (made.title, made.outlet, made.published, made.url) == (
        "Bridge closed",
        "Harbour Wire",
        "2031-03-12",
        "https://example.org",
    )
    assert made.language == "en"
    assert made.path is None


def test_the_id_depends_on_the_text_alone() -> None:
    assert document("One.", title="A", path="a.txt").id == document("One.").id
    assert document("One.").id != document("One. ").id
    assert document("\ud800").id != document("\ud801").id


def test_what_is_blank_is_not_known() -> None:
    made = document("One.", title="", outlet="", published="", url="")
    assert (made.title, made.outlet, made.published, made.url) == (None, None, None, None)


def test_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        document("One.").text = "Two."  # type: ignore[misc]


@pytest.mark.parametrize(
    "published",
    ["2031-03-12", "2031-03-12T18:30", "2031-03-12 18:30:00", "2031-03-12T18:30:00+02:00", "2031-03-12T18:30:00Z"],
)
def test_dates(published: str) -> None:
    assert document("One.", published=published).published == published


@pytest.mark.parametrize(
    "published", ["yesterday", "12 March 2031", "2031-13-01", "2031-02-30", "2031-03", "20310312", "2031-03-12T", "\n"]
)
def test_what_is_no_date(published: str) -> None:
    with pytest.raises(InvalidMetadata, match="is not a date of the form 2031-05-24"):
        document("One.", published=published)
