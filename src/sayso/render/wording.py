"""What the ledger and the page call things: one wording, so that they never disagree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sayso.types import Document

if TYPE_CHECKING:
    from sayso.profile import Profile

NO_SOURCE = "no source named"
NO_CUE = "no cue"
NO_CONTENT = "no content"
NOBODY = "nobody named"
OWN_VOICE = "the report’s own voice"
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


def quoted(words: str) -> str:
    """Words between quotation marks, but for those that stand around them already."""
    return f"“{words.strip('“” ')}”"


def percent(score: float) -> str:
    """A score in percent. Only what is certain is shown as 100%: 0.997 is not."""
    return "100%" if score >= 1 else f"{min(score, 0.99):.0%}"


def share(part: float) -> str:
    """A share of the words in percent. Only all of them are shown as 100%, and only none as 0%."""
    part = round(part, 9)  # sums of shares are off by a hair
    return "<1%" if 0 < part < 0.005 else percent(part)


def standing(profile: Profile) -> str:
    """Whose the words of a report are, in one line; empty if there are none."""
    if not profile.words:
        return ""
    nobody = profile.voices.get(None, 0.0)
    voices = sum(profile.voices.values()) - nobody
    own = "are in the report’s own voice"
    if profile.unsourced:
        own += f", {share(profile.unsourced)} {UNSOURCED}"
    parts = (
        (voices, f"stand on {counted(len(profile.voices.keys() - {None}), 'voice')}"),
        (nobody, f"stand on {NOBODY}"),
        (profile.attributing, "say who says so"),
        (profile.narration, own),
    )
    (part, what), *others = [(part, what) for part, what in parts if part > 1e-9]  # less is no word
    return " · ".join((f"{share(part)} of the words {what}", *(f"{share(part)} {what}" for part, what in others)))


def by_type(profile: Profile) -> str:
    """How much is handed to each type of voice, largest first; empty if nothing is."""
    return _table("by type", {kind or NOBODY: part for kind, part in profile.types.items()})


def by_kind(profile: Profile) -> str:
    """How much is direct, mixed and indirect speech, largest first; empty if nothing is."""
    return _table("by kind", {str(kind): part for kind, part in profile.kinds.items()})


def _table(title: str, shares: Mapping[str, float]) -> str:
    return f"{title}: " + " · ".join(f"{what} {share(part)}" for what, part in shares.items()) if shares else ""


def further(voices: int, listed: bool) -> str:
    """How many voices are not in the list, if it has any; empty if all are."""
    if not voices:
        return ""
    return f"and {voices:,} more" if listed else f"{counted(voices, 'voice')}, none with 1% of the words"


def people(number: int) -> str:
    """How many somebody is whom the report does not name."""
    return "one person" if number == 1 else f"{number:,} people"


def unsourced(sentences: int) -> str:
    """The heading of the sentences that stand on nobody."""
    return f"What the report says in its own voice, {UNSOURCED}: {counted(sentences, 'sentence')}"


def checkable(statements: int, own: int) -> str:
    """How many statements can be checked, and how many of them the report makes itself."""
    if not statements:
        return "Nothing dated, placed or counted found that could be checked."
    own_part = f", {own:,} of them in {OWN_VOICE}" if own else ""
    return f"What can be checked: {counted(statements, 'statement')}{own_part}"


def gives_name(words: str, voice: str) -> bool:
    """Whether the words of a source hold the name of its voice, so that it need not be said again: "Mayor Dravek" gives
    "Dravek", "Dravek’s office" does not."""
    if voice.casefold() not in words.casefold():  # most are not, and a pattern takes long to make
        return False
    return re.search(rf"(?<!\w){re.escape(voice)}(?!\w|['’]s?\s+\w)", words, re.IGNORECASE) is not None
