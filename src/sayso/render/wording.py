"""What the ledger and the page call things: one wording, so that they never disagree."""

from __future__ import annotations

from sayso.types import Document

NO_SOURCE = "no source named"
NO_CUE = "no cue"
NO_CONTENT = "no content"


def name(document: Document) -> str:
    """What to call the report: its title, else its path."""
    known = (words for words in (document.title, document.path) if words and words.strip())
    return next(known, "Untitled report")


def counted(number: int, noun: str) -> str:
    """`number` and `noun`, in the plural where it takes one: "1 word", "1,204 words"."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


def size(text: str) -> str:
    """How long a text is, in words as people count them."""
    return counted(len(text.split()), "word")


def percent(score: float) -> str:
    """A score in percent. Only what is certain is shown as 100%: 0.997 is not."""
    return "100%" if score >= 1 else f"{min(score, 0.99):.0%}"
