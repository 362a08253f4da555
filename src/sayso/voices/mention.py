"""What the words of a source say by themselves: a name, a pronoun or a description, of one or of several, with which
titles and roles."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import regex

from sayso.names import Named
from sayso.types import Span, Spans
from sayso.voices.lexicon import ARTICLES, FIRST, FUNCTION_WORDS, PREPOSITIONS, PRONOUNS, THEY, lexicon

_GUESSED = 0.5
"""The score of a name that only capitals show."""

Form = Literal["name", "pronoun", "description", "none"]
Reference = Literal["definite", "possessive", "indefinite", "bare"]
"""How a description begins: with "the", with whose it is, with "a" or a number, or with nothing."""

WORD = regex.compile(r"[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}.&’'_-]*[\p{L}\p{M}\p{N}])?")
OWNERS = frozenset({"his", "her", "their", "its", "our", "my"})
_LEADING = regex.compile(r"(?:[^\p{L}\p{N}@]+|(?:by|from|of|to|for|and|but|as|that|with|in)\s+)+", regex.IGNORECASE)
_CUT = regex.compile(
    r"[,;:()\[\]“”\"]|\s[-–—]+\s|--"
    r"|\s(?:like|such as|who|whom|whose|which|that|where|when|speaking|including|citing|during|while)\b"
)
_BOTH = regex.compile(r"(?:both|neither)\s+", regex.IGNORECASE)
_AND = regex.compile(r"\b(?:and|nor|along with|as well as)\b|&")
_JOINT = regex.compile(r",?\s+(?:and|nor|along with|as well as)\s+(?:also\s+)?|\s+&\s+|,\s+(?=\p{Lu})")
_CALLED = regex.compile(
    r"\b(?:call(?:s|ed|ing)\s(?:itself|themselves|himself|herself)|(?:also\s|better\s)?known\s(?:only\s)?as|nicknamed|dubbed"
    r"|codenamed)\s(?:the\s)?"
    r"(?:[“\"‘'](?P<quoted>\p{Lu}[^”\"\n]{1,60}?)[,.]?[”\"’']"
    r"|(?P<bare>\p{Lu}[\p{L}’'-]*(?:\s(?:(?:of|and|for|the)\s){0,2}\p{Lu}[\p{L}’'-]*)*))"
)
_BODY = regex.compile(
    r"\b(?:group|groups|organi[sz]ation|party|movement|militia|network|gang|faction|coalition|alliance|collective|campaign"
    r"|hackers|members|company|agency|front|army|brigade)s?\b",
    regex.IGNORECASE,
)
_STATE = frozenset(
    {"state", "official", "semi-official", "private", "independent", "local", "national", "country's", "country’s"}
)
_BACKED = ("-run", "-owned", "-funded", "-backed", "-controlled", "-linked", "-affiliated", "-language", "'s", "’s")
_POSSESSIVE_NEXT = regex.compile(r"['’]s?\s")
_NO_TITLE = regex.compile(r"[^\p{Lu}\s.]|\s\p{Ll}")
_TITLED = regex.compile(r"[^.;:]{0,60}?(?:,|:|\(|[-–—]+)\s*(?:(?:\p{Lu}[\p{L}.-]*|then|former)\s)*")
_ASIDE = regex.compile(r"\b(?:who|which|that|of|for|with|by|to)\b[^)]*$")
_BEGINS = regex.compile(r"(?:[.!?”\"\n]|^)\s*$")
_INK = regex.compile(r"[\p{L}\p{N}]")
_OWNER = regex.compile(r"['’]s?\s")
_ISSUED = regex.compile(
    r"(?P<what>\b(?:polls?|surveys?|reports?|stud(?:y|ies)|editorials?|articles?|story|stories|analysis))"
    r"(?:\s+(?:released|published|conducted|taken|out|from|this|last|on|earlier)\b[^,]*)?(?=[,\s]*$|,|\s*\()"
)
_LATEST = regex.compile(r"(?:(?:the|a|an|new|latest|recent|another|separate|one|\w+est)\s+)+", regex.IGNORECASE)
_ADDED = regex.compile(r",\s(?:who|which|whose|whom|speaking|citing|including me)\b|\s[-–—]+\s|--|\(")
_POSSESSIVE = regex.compile(r"(?:['’]s|(?<=s)['’])$")
_NUMBER = regex.compile(
    r"\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?|millions?|several|some|many"
    r"|most|few|another|other|others|every|each|no|any|all|both|numerous|various|a|an|more|half",
    regex.IGNORECASE,
)
_SINGULAR_S = ("ss", "us", "is", "ous", "news", "politics", "campus")
_PLURAL = frozenset(
    {"people", "men", "women", "children", "police", "media", "public", "others", "authorities", "many", "some"}
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


class Marks:
    """The names and phrases of a document, to be asked what lies in a stretch of it."""

    def __init__(self, text: str, names: Sequence[Named], phrases: Sequence[Named]) -> None:
        """Both sorted by where they begin, neither overlapping itself."""
        self.text = text
        self.names = names
        self.phrases = phrases
        self.known = frozenset(
            word for n in names if n.kind == "organisation" for word in text[n.start : n.end].lower().split()
        )
        self._names = [n.start for n in names]
        self._phrases = [p.start for p in phrases]

    def names_in(self, start: int, end: int) -> Sequence[Named]:
        """The names that lie wholly in `[start, end)`."""
        first = bisect.bisect_left(self._names, start)
        last = bisect.bisect_left(self._names, end)
        return [n for n in self.names[first:last] if n.end <= end]

    def phrases_in(self, start: int, end: int) -> Sequence[Named]:
        """The phrases that begin in `[start, end)`."""
        return self.phrases[bisect.bisect_left(self._phrases, start) : bisect.bisect_left(self._phrases, end)]

    def phrase_at(self, at: int) -> Named | None:
        """The phrase that holds the character at `at`."""
        index = bisect.bisect_right(self._phrases, at) - 1
        return self.phrases[index] if index >= 0 and self.phrases[index].end > at else None


def mention(marks: Marks, source: Spans) -> Mention:
    """What the source is as it is worded."""
    text = marks.text
    if not any(_INK.search(text, *span) for span in source):
        nowhere = Span(0, 0)
        return Mention(nowhere, nowhere, "none", (), "", None, "bare", False, (), nowhere)
    span = Span(source[0].start, source[-1].end)
    core = _core(text, span)
    words = tuple(w.group().lower().replace("’", "'") for w in WORD.finditer(text, *core))
    if _is_pronoun(words):
        plural = words[0] in THEY | {"we", "us", "our", "ours", "both", "these", "those"}
        return Mention(span, core, "pronoun", words, words[0], None, "definite", plural, (), core)
    name = _called(text, span) or _head_name(marks, core, span) or _apposed(marks, core, span)
    if name is not None and name.kind == "people" and _adds(words, text[name.start : name.end]):
        name = None  # "some Democrats" are not the Democrats
    head = _head(marks, core)
    return Mention(
        span,
        core,
        "name" if name else "description",
        words,
        text[head.start : head.end].lower(),
        name,
        _reference(text, core, words),
        name is None and _is_plural(marks, head),
        tuple(_roles(text, span, core, name)),
        _described(text, span, core, marks.names_in(*core)),
    )


def parts(marks: Marks, source: Spans) -> list[Spans]:
    """The source cut where it names several speakers one by one ("Clinton and Kaine", "she and Amal Ode"); itself, if
    it names but one."""
    if not source:
        return [source]
    span = Span(source[0].start, source[-1].end)
    both = _BOTH.match(marks.text, *span)
    start = both.end() if both else span.start
    names = marks.names_in(*span)
    if _capitals_with_of(marks.text, _core(marks.text, span)) is not None:
        return [source]
    cuts = [
        c.span()
        for c in _JOINT.finditer(marks.text, start, span.end)
        if not any(n.start < c.start() < n.end for n in names)
    ]
    last = next((i for i, cut in enumerate(cuts) if _AND.search(marks.text, *cut)), None)
    if last is None:
        return [source]
    cuts = cuts[: last + 1]
    edges = [start, *(edge for cut in cuts for edge in cut), span.end]
    found = [mention(marks, (Span(a, b),)) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]
    if len(found) == 2 and all(_is_phrase(marks, f) for f in found):
        return [(f.span,) for f in found]
    if (
        len(found) < 2
        or not all(_stands_alone(marks, f) for f in found[:-1])
        or not _may_join(marks, found[-1])
        or _modifies(found[-2], found[-1])
    ):
        return [source]
    if len({f.name.kind == "person" for f in found if f.name}) > 1:
        return [source]
    return [(f.span,) for f in found]


def _is_phrase(marks: Marks, found: Mention) -> bool:
    """Whether a part is a description of speakers and begins with its phrase ("voters and officials")."""
    phrase = marks.phrase_at(found.core.start)
    speaks = phrase is not None and phrase.kind in ("person", "people", "organisation")
    if not speaks or phrase is None or found.form != "description":
        return False
    several = found.plural or bool(marks.names_in(*found.core))
    return several and phrase.start <= found.core.start and phrase.end >= found.core.end - 1


def _stands_alone(marks: Marks, found: Mention) -> bool:
    """Whether a part is a pronoun, or a name with nothing behind it but what it is a name of."""
    if found.name is None:
        return found.form == "pronoun"
    if found.name.score <= _GUESSED and found.name.kind != "person":
        return False
    alone = not _INK.search(marks.text, found.name.end, found.span.end)
    return alone or (found.core.end == found.span.end and _is_kind_behind(marks.text, found.core, found.name))


def _modifies(first: Mention, last: Mention) -> bool:
    """Whether the first part only qualifies the last: "Lythian and Marish officials"."""
    return first.name is not None and first.name.kind in ("place", "people") and last.name is None


def _may_join(marks: Marks, found: Mention) -> bool:
    """Whether what stands behind "and" is a speaker beside the first: a name, or people that are described."""
    if found.name is not None:
        return True
    phrase = marks.phrase_at(found.core.start)
    return phrase is not None and phrase.kind in ("person", "people", "organisation") and found.form == "description"


def _called(text: str, span: Span) -> Named | None:
    """The name in "a group calling itself Lyth Now", "the man known as “the Miller”"."""
    called = _CALLED.search(text, *span)
    if called is None:
        return None
    several = _BODY.search(text, span.start, called.start())
    start, end = called.span("quoted") if called.group("quoted") else called.span("bare")
    return Named(start, end, "organisation" if several else "person", 0.8)


def _adds(words: tuple[str, ...], name: str) -> bool:
    return len([w for w in words if w not in ARTICLES]) > len(WORD.findall(name))


def _core(text: str, span: Span) -> Span:
    start, end = span
    leading = _LEADING.match(text, start, end)
    if leading and leading.end() < end:
        start = leading.end()
    cut = _CUT.search(text, start + 1, end)
    if cut:
        end = cut.start()
    while end > start and not (text[end - 1].isalnum() or text[end - 1] == "."):
        end -= 1
    possessive = _POSSESSIVE.search(text, start, end)
    if possessive and possessive.start() > start:
        end = possessive.start()
    return Span(start, max(end, start + 1))


def _described(text: str, span: Span, core: Span, names: Sequence[Named]) -> Span:
    """A description with all that belongs to it, up to a clause that is only added (", who …"). A poll or a report that
    has a name goes by that: no "latest", no "released on Friday"."""
    issued = _ISSUED.search(text, core.start + 1, span.end)
    if issued and any(n.end <= issued.start() for n in names):
        latest = _LATEST.match(text, core.start, issued.start())
        return Span(latest.end() if latest else core.start, issued.end("what"))
    added = _ADDED.search(text, core.start + 1, span.end)
    end = added.start() if added else span.end
    while end > core.end and not (text[end - 1].isalnum() or text[end - 1] in ".)%”’\"'"):
        end -= 1
    owner = _POSSESSIVE.search(text, core.start, end)
    end = owner.start() if owner and owner.start() > core.start else end
    return Span(core.start, max(end, core.end))


def _is_pronoun(words: tuple[str, ...]) -> bool:
    if not words or words[0] not in PRONOUNS:
        return False
    if len(words) == 1:
        return True
    if words[0] in OWNERS or words[0] in ("whose", "one", "this", "these", "those", "both"):
        return False  # the first word of a description
    return words[1] in ("himself", "herself", "themselves", "itself", "both", "all", "and", "also", "later", "then")


def _head_name(marks: Marks, core: Span, span: Span) -> Named | None:
    """The name that the core leans on: the one that ends its first phrase ("the minister Amal Ode of Lyth"), or the one
    that follows upon another name ("envoy to the United Nations Amal Ode")."""
    names = marks.names_in(*core)
    if not names:
        return _unmarked_name(marks, core)
    whole = _capitals_with_of(marks.text, core)
    if whole is not None and not any(n.kind == "person" for n in names):
        return whole
    if _is_kind_behind(marks.text, core, names[-1]):
        return names[-1]
    end = _base_end(marks.text, core, names)
    for name in names:
        if (name.end == end and _leads_up(marks, core, name)) or (
            name.kind == "person"
            and not _POSSESSIVE_NEXT.match(marks.text, name.end)
            and _ends_phrase(marks, name)
            and not _INK.search(marks.text, core.start, name.start)
        ):
            return name
    for name in reversed(marks.names_in(*span)):
        if name.kind == "person" and not _INK.search(marks.text, name.end, span.end):
            before = next(
                (n for n in names if n.end <= name.start and not _NO_TITLE.search(marks.text, n.end, name.start)), None
            )
            if before is not None and before.kind != "person":
                return name
            break
    return None if end < core.end else _unmarked_name(marks, core)


def _capitals_with_of(text: str, core: Span) -> Named | None:
    """A core like "the Union of Rationalist Atheists and Agnostics": capitals that small words join."""
    words = list(WORD.finditer(text, *core))
    if words and words[0].group().lower() in ARTICLES:
        words = words[1:]
    small = [w for w in words[1:-1] if w.group() in ("of", "for", "the", "and", "on", "to")]
    if not small or len(words) > 10 or words[0].group().lower() in lexicon().honorifics:
        return None
    if not all(w.group()[0].isupper() for w in words if w not in small) or "of" not in {w.group() for w in small} | {
        "for"
    }:
        return None
    if small[0].group() not in ("of", "for", "on"):
        return None
    return Named(words[0].start(), words[-1].end(), "organisation", 0.6)


def _is_kind_behind(text: str, core: Span, name: Named) -> bool:
    """Whether all that follows the name says what sort of body it is ("the Lythpress news agency")."""
    behind = [w.group() for w in WORD.finditer(text, name.end, core.end)]
    if name.kind not in ("organisation", "thing") or not 0 < len(behind) < 4 or not all(map(str.islower, behind)):
        return False
    before = [w.group().lower() for w in WORD.finditer(text, core.start, name.start)]
    known = (lexicon().media_nouns | lexicon().body_nouns) - {"media", "press"}
    if behind[-1] in lexicon().media_nouns:  # "Lyth's state-run Lythpress news agency"
        before = [w for w in before if not (w in _STATE or w.endswith(_BACKED) or w in lexicon().countries)]
    return (
        behind[-1] in known and not set(before) - ARTICLES and not text[name.end : name.end + 2].startswith(("'", "’"))
    )


def _base_end(text: str, core: Span, names: Sequence[Named]) -> int:
    """Where the core's first phrase ends: before its first preposition that is in no name."""
    for index, word in enumerate(WORD.finditer(text, *core)):
        inside = any(n.start <= word.start() < n.end for n in names)
        if index and not inside and word.group().lower() in PREPOSITIONS:
            end = word.start()
            while end > core.start and not text[end - 1].isalnum():
                end -= 1
            return end
    return core.end


def _leads_up(marks: Marks, core: Span, name: Named) -> bool:
    """Whether all that stands before the name leads up to it: titles, a phrase that ends where it begins, a name. In
    "two delegates supporting Amal Ode" it does not."""
    phrase = marks.phrase_at(name.start)
    start = min(phrase.start if phrase else name.start, name.start)
    if start <= core.start:
        return True
    before = [w for w in WORD.finditer(marks.text, core.start, start) if w.group().lower() not in ARTICLES]
    if not before or before[-1].group()[0].isupper() or before[-1].group().lower() in lexicon().honorifics:
        return True
    return marks.phrase_at(before[-1].start()) is not None


def _ends_phrase(marks: Marks, name: Named) -> bool:
    phrase = marks.phrase_at(name.start)
    return phrase is not None and phrase.end == name.end


def _unmarked_name(marks: Marks, core: Span) -> Named | None:
    """A core of capitals that the namer passed over ("DealBook", "the Sentinel-Argus")."""
    text = marks.text
    words = list(WORD.finditer(text, *core))
    kind = "thing"
    while words and (words[0].group().lower() in FUNCTION_WORDS or words[0].group().lower() in lexicon().honorifics):
        if words[0].group().lower() in lexicon().honorifics:
            kind = "person"
        words = words[1:]
    if not words or len(words) > 5 or not all(w.group()[0].isupper() for w in words):
        return None
    phrase = text[words[0].start() : words[-1].end()]
    if len(words) == 1 and phrase.lower() not in marks.known and not any(c.isupper() for c in phrase[1:]):
        at_start = (
            core.start == 0 or text[core.start - 1] == "\n" or _BEGINS.search(text, max(0, core.start - 3), core.start)
        )
        if at_start or phrase.lower() in lexicon().honorifics:
            return None
    return Named(words[0].start(), words[-1].end(), kind, _GUESSED)


def _apposed(marks: Marks, core: Span, span: Span) -> Named | None:
    """The name in "the minister, Amal Ode, …"."""
    for name in marks.names_in(core.end, span.end):
        if name.kind == "person":
            between = marks.text[core.end : name.start]
            return name if _TITLED.fullmatch(between) and not _ASIDE.search(between) else None
    return None


def _head(marks: Marks, core: Span) -> Span:
    """The last word of the core's first phrase, or the last before a preposition."""
    words = [Span(*w.span()) for w in WORD.finditer(marks.text, *core)]
    if not words:
        return core
    phrase = next((p for p in marks.phrases_in(*core) if p.end <= core.end), None)
    if phrase is not None and phrase.start <= words[0].end:
        inside = [w for w in words if w.end <= phrase.end]
        last = marks.text[slice(*inside[-1])] if inside else ""
        # A phrase that ends with an adjective of nations has lost its noun ("the Lythian | regime").
        cut_short = len(inside) < len(words) and last.lower() in lexicon().countries
        if inside and last.lower() not in ARTICLES and not cut_short:
            return inside[-1]
    for index, word in enumerate(words):
        if index and marks.text[word.start : word.end].lower() in PREPOSITIONS:
            return words[index - 1]
    return words[-1]


def _is_plural(marks: Marks, head: Span) -> bool:
    word = marks.text[head.start : head.end].lower()
    phrase = marks.phrase_at(head.start)
    if word in _PLURAL or (phrase is not None and phrase.kind == "people"):
        return True
    return word.endswith("s") and not word.endswith(_SINGULAR_S)


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
    called = _CALLED.search(text, span.start, name.end)
    for start, end in ((span.start, called.start() if called else name.start), (name.end, span.end)):
        words = [w for w in WORD.finditer(text, start, end) if w.group().lower() not in ("by", "s", "to")]
        while words and words[0].group().lower() in ARTICLES:
            words = words[1:]
        if words and (len(words) > 1 or words[0].group().lower() not in PRONOUNS | FIRST | ARTICLES):
            yield Span(words[0].start(), words[-1].end())
