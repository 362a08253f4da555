"""What the words of a source say by themselves: a name, a pronoun or a description, of one or of several, with which
titles and roles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import regex

from sayso.names import Named
from sayso.types import Span, Spans
from sayso.voices.antecedent import BARE
from sayso.voices.extent import core_of, description
from sayso.voices.head import CALLED, apposed_name, called_name, head_name, head_word, is_plural
from sayso.voices.lexicon import ARTICLES, FIRST, PRONOUNS, THEY, lexicon
from sayso.voices.marks import WORD, Marks

Form = Literal["name", "pronoun", "description", "none"]
Reference = Literal["definite", "possessive", "indefinite", "bare"]
"""How a description begins: with "the", with whose it is, with "a" or a number, or with nothing."""

OWNERS = frozenset({"his", "her", "their", "its", "our", "my"})
_RESTRICTED = regex.compile(r"\s(?:who|that|with|in|from|at|\p{L}{3,}ing)\s")
_INK = regex.compile(r"[\p{L}\p{N}]")
_PARTISAN = regex.compile(r"\p{L}+crat|republican|socialist|communist|liberal|conservative")
_OWNER = regex.compile(r"['’]s?\s")
_NUMBER = regex.compile(
    r"\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?|millions?|several|some|many"
    r"|most|few|another|other|others|every|each|no|any|all|both|numerous|various|a|an|more|half",
    regex.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One source as it is worded.

    `span` runs from its first word to its last; `core` is what of it names the speaker: titles included, appositions
    and clauses that follow left out. `name` is the name that is the head of the core, or that stands in apposition to
    it. `described` is the core with the clauses that belong to it. `words` are the core's, in lower case; `head` is the
    word the rest leans on. Of a source that the text does not express all of it is empty.
    """

    span: Span
    core: Span
    form: Form
    words: tuple[str, ...]
    head: str
    name: Named | None
    reference: Reference
    plural: bool
    roles: Spans
    described: Span

    @property
    def pronoun(self) -> str:
        """The pronoun that the source is, or nothing."""
        return self.words[0] if self.form == "pronoun" else ""

    @property
    def owner(self) -> str:
        """The pronoun that a description begins with ("his" in "his lawyer"), or nothing."""
        return self.words[0] if self.form == "description" and self.words[:1] and self.words[0] in OWNERS else ""


def mention(marks: Marks, source: Spans) -> Mention:
    """What the source is as it is worded."""
    text = marks.text
    if not any(_INK.search(text, *span) for span in source):
        nowhere = Span(0, 0)
        return Mention(nowhere, nowhere, "none", (), "", None, "bare", False, (), nowhere)
    span = Span(source[0].start, source[-1].end)
    core = core_of(marks, span)
    described = description(marks, span, core)
    if text[slice(*core)].lower() in BARE:
        core = described  # "those who fear it"
    words = _words(text, core)
    if _is_pronoun(words):
        plural = words[0] in THEY | {"we", "us", "our", "ours", "both", "these", "those"}
        return Mention(span, core, "pronoun", words, words[0], None, "definite", plural, (), core)
    name = called_name(text, span) or head_name(marks, core, span) or apposed_name(marks, core, span)
    if (
        name is not None
        and name.kind == "people"
        and (
            _adds(words, text[name.start : name.end])
            or _RESTRICTED.match(text, core.end, described.end)
            or (words[0] in ARTICLES and _is_one(words[-1]))
        )
    ):
        name = None  # "some Democrats", "Democrats who fear it" and "the Lythian" are not the Democrats, the Lythians
    head = head_word(marks, core)
    return Mention(
        span,
        core,
        "name" if name else "description",
        words,
        text[head.start : head.end].lower(),
        name,
        _reference(text, core, words),
        name is None and is_plural(marks, head),
        tuple(_roles(text, span, core, name)),
        described,
    )


def _words(text: str, span: Span) -> tuple[str, ...]:
    return tuple(w.group().lower().replace("’", "'") for w in WORD.finditer(text, *span))


def _adds(words: tuple[str, ...], name: str) -> bool:
    return len([w for w in words if w not in ARTICLES]) > len(WORD.findall(name))


def _is_one(word: str) -> bool:
    """Whether a people's name is that of one of them ("the Lythian", "the Democrat")."""
    return _PARTISAN.fullmatch(word) is not None or (word.endswith("an") and word in lexicon().countries)


def _is_pronoun(words: tuple[str, ...]) -> bool:
    if not words or words[0] not in PRONOUNS:
        return False
    if len(words) == 1:
        return True
    if words[0] in OWNERS or words[0] in ("whose", "one", "this", "these", "those", "both"):
        return False  # the first word of a description
    return words[1] in ("himself", "herself", "themselves", "itself", "both", "all", "and", "also", "later", "then")


def _reference(text: str, core: Span, words: tuple[str, ...]) -> Reference:
    first = words[0] if words else ""
    if first in ("the", "this", "that", "these", "those"):
        return "definite"
    if first in ("his", "her", "its", "their", "my", "our") or _OWNER.search(text, *core):
        return "possessive"
    return "indefinite" if _NUMBER.fullmatch(first) else "bare"


def _roles(text: str, span: Span, core: Span, name: Named | None) -> Iterator[Span]:
    """What of the source is not the name: titles before it, appositions behind it."""
    if name is None:
        return
    called = CALLED.search(text, span.start, name.end)
    for start, end in ((span.start, called.start() if called else name.start), (name.end, span.end)):
        words = [w for w in WORD.finditer(text, start, end) if w.group().lower() not in ("by", "s", "to")]
        while words and words[0].group().lower() in ARTICLES:
            words = words[1:]
        if words and (len(words) > 1 or words[0].group().lower() not in PRONOUNS | FIRST | ARTICLES):
            yield Span(words[0].start(), words[-1].end())
