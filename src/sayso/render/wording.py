"""What the ledger and the page call things: one wording, so that they never disagree."""

from __future__ import annotations

import re

from sayso.types import Document

NO_SOURCE = "no source named"
NO_CUE = "no cue"
NO_CONTENT = "no content"
NOBODY = "nobody named"
UNSOURCED = "where no source was found"
HEDGED = "hedged"
NEGATED = "negated"


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


def share(part: float) -> str:
    """A share of the words in percent. Only all of them are shown as 100%, and only none as 0%."""
    part = round(part, 9)  # sums of shares are off by a hair
    return "<1%" if 0 < part < 0.005 else percent(part)


def people(number: int) -> str:
    """How many somebody is whom the report does not name."""
    return "one person" if number == 1 else f"{number:,} people"


def gives_name(words: str, voice: str) -> bool:
    """Whether the words of a source hold the name of its voice, so that it need not be said again: "Mayor Dravek" gives
    "Dravek", "Dravek’s office" does not."""
    if voice.casefold() not in words.casefold():  # most are not, and a pattern takes long to make
        return False
    return re.search(rf"(?<!\w){re.escape(voice)}(?!\w|['’]s?\s+\w)", words, re.IGNORECASE) is not None
