"""The speakers of a document while they are being found: everybody it names, and everybody it only describes."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import regex

from sayso.kind import Quoted
from sayso.names import Named
from sayso.types import Span
from sayso.voices.aliases import with_aliases
from sayso.voices.bearers import Bearer, Bodies, gathered
from sayso.voices.lexicon import ARTICLES, PREPOSITIONS, PRONOUNS, Gender, lexicon
from sayso.voices.marks import WORD, Marks
from sayso.voices.mention import Mention

_BREAK = regex.compile(r"(?<=[.!?…][”’\"')\]]{0,2})\s+(?=[“‘\"'(\[]*[\p{Lu}\p{N}])|\n+")
_APPOSITION = regex.compile(r"\s*(?:,|\(|[-–—]+)\s*(?!and\b|or\b|but\b|who\b|which\b)(?=\p{L})")
_STOP = regex.compile(r"[,;:.!?()“”\"\n]|\s[-–—]+\s|\b(?:who|which|that|said|says|told|has|had|is|was|were|are|and)\b")
_LINES = regex.compile(r"\n+")
_WORD_BEFORE = regex.compile(r"(\p{L}+)\s(?:(?:the|a|an|Mr|Mrs|Ms|Dr)\.?\s)?$")
_TITLE = regex.compile(r"\b(\p{Lu}[\p{L}-]*\.?)\s+$")
_REACH = 160
_SUBJECT, _NEAR = 30, 40  # so many characters from a sentence's beginning
LONGEST = 300_000
"""In a longer text nobody is looked for who is only described: it is no report, and they would fill memory."""
_NEXT = 2
_FIRST = 8  # so many of those named first are looked at for a headline


@dataclass(slots=True, eq=False)
class Speaker:
    """Somebody who is or may be a voice.

    `places` are where the text mentions it, in order, `sources` which of those are sources. `words` are what it has
    been called, without its name: `heads` the words that the rest leans on, `offices` all of one description together.
    `bearer` is its name, if it has one; if not, `described` the fullest description, and `owner` whom that one's "his"
    or "their" means.
    """

    kind: str
    places: list[Span]
    plural: bool = False
    gender: Gender | None = None
    bearer: Bearer | None = None
    words: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    offices: set[frozenset[str]] = field(default_factory=set)
    roles: dict[Span, None] = field(default_factory=dict)
    sources: list[int] = field(default_factory=list)
    described: Span | None = None
    owner: Speaker | None = None

    def before(self, at: int) -> int:
        """How many of its places begin before `at`."""
        return bisect.bisect_left(self.places, (at, 0))


_LONG = {
    "gov": "governor", "sen": "senator", "rep": "representative", "gen": "general", "lt": "lieutenant",
    "col": "colonel",
    "capt": "captain", "sgt": "sergeant", "prof": "professor", "dr": "doctor", "rev": "reverend", "maj": "major",
    "brig": "brigadier", "adm": "admiral", "pres": "president", "congressman": "representative",
    "congresswoman": "representative", "premier": "minister", "pm": "minister", "spokeswoman": "spokesman",
    "spokesperson": "spokesman", "chairwoman": "chairman", "chairperson": "chairman", "chair": "chairman",
    "defence": "defense", "u.s": "united states", "us": "united states", "gop": "republican",
}  # fmt: skip


class Cast:
    """All speakers of a document, to be asked who was mentioned last before a place and who goes by a word."""

    def __init__(self, speakers: Iterable[Speaker]) -> None:
        self.all: list[Speaker] = []
        self._by_head: dict[str, list[Speaker]] = defaultdict(list)
        self._by_last: dict[str, list[Speaker]] = defaultdict(list)
        self._numbers: dict[int, int] = {}
        self.named: list[Speaker] = []
        for speaker in speakers:
            self._enter(speaker)
        self._places = sorted((place.start, n) for n, speaker in enumerate(self.all) for place in speaker.places)

    def _enter(self, speaker: Speaker) -> None:
        self._numbers[id(speaker)] = len(self.all)
        self.all.append(speaker)
        for head in speaker.heads:
            self._by_head[head].append(speaker)
        if speaker.bearer is not None and len(self.named) < _FIRST:
            self.named.append(speaker)
        if speaker.bearer is not None and speaker.kind in ("organisation", "thing") and len(speaker.bearer.key) > 1:
            self._by_last[speaker.bearer.key[-1]].append(speaker)

    def add(self, speaker: Speaker) -> None:
        """One more speaker."""
        self._enter(speaker)
        for place in speaker.places:
            bisect.insort(self._places, (place.start, self._numbers[id(speaker)]))

    def met(self, speaker: Speaker, place: Span) -> None:
        """The speaker is mentioned at one more place."""
        index = bisect.bisect_left(speaker.places, place)
        if index == len(speaker.places) or speaker.places[index] != place:
            speaker.places.insert(index, place)
            bisect.insort(self._places, (place.start, self._numbers[id(speaker)]))

    def called(self, speaker: Speaker, head: str) -> None:
        """The speaker goes by one more word."""
        if speaker not in self._by_head[head]:
            self._by_head[head].append(speaker)

    def before(self, at: int, reach: int) -> Iterator[Speaker]:
        """Those mentioned in the `reach` characters before `at`, each once, the last mentioned first."""
        seen: set[int] = set()
        for index in range(bisect.bisect_left(self._places, (at, 0)) - 1, -1, -1):
            start, number = self._places[index]
            if start < at - reach:
                return
            if number not in seen:
                seen.add(number)
                yield self.all[number]

    def after(self, at: int, reach: int) -> list[Speaker]:
        """Persons named for the first time in the `reach` characters after `at`, the first two of them."""
        found: list[Speaker] = []
        for index in range(bisect.bisect_left(self._places, (at, 0)), len(self._places)):
            start, number = self._places[index]
            if start > at + reach or len(found) == _NEXT:
                break
            speaker = self.all[number]
            if speaker.kind == "person" and speaker.places[0].start == start and speaker not in found:
                found.append(speaker)
        return found

    def ending_in(self, word: str) -> list[Speaker]:
        """Bodies and things whose name of several words ends in a word."""
        return self._by_last.get(word, [])

    def going_by(self, head: str) -> list[Speaker]:
        """Those that have been called by a word."""
        return self._by_head.get(head, [])


@lru_cache(maxsize=1 << 14)
def normal(word: str) -> str:
    """A word as roles are compared by: a nation for its people, one for several, an office in full."""
    word = word.lower().replace("’", "'").removesuffix("'s").rstrip("'.")
    word = _LONG.get(word, word)
    word = lexicon().countries.get(word, word)
    return word.removesuffix("s") if len(word) > 3 and not word.endswith("ss") else word


def content_words(words: Sequence[str]) -> set[str]:
    """What of a description tells whom it means."""
    return {
        normal(w)
        for w in words
        if w not in ARTICLES and w not in PREPOSITIONS and w not in ("and", "his", "her", "their", "its")
    }


class Spot(NamedTuple):
    """A place in the text: its sentence and paragraph, whether it stands where a subject does or near the sentence's
    beginning, whether that beginning and itself stand in a quotation, and what is around it."""

    sentence: int
    paragraph: int
    begins: bool
    near_beginning: bool
    sentence_quoted: bool
    in_quotation: bool
    possessive: bool
    behind_preposition: bool
    opens_paragraph: bool


class Scene:
    """Where things stand in a text: its sentences (by marks and capitals alone, good enough to count distances), its
    paragraphs and its quotations."""

    def __init__(self, text: str, quoted: Quoted) -> None:
        self.text = text
        self.quoted = quoted
        self._sentences = [0, *(m.end() for m in _BREAK.finditer(text))]
        self._paragraphs = [0, *(m.end() for m in _LINES.finditer(text))]
        self._depths: dict[int, bool] = {}
        self._spots: dict[Span, Spot] = {}

    def sentence(self, at: int) -> int:
        """Which sentence the character at `at` is in."""
        return bisect.bisect_right(self._sentences, at) - 1

    def sentence_start(self, at: int) -> int:
        """Where that sentence begins."""
        return self._sentences[self.sentence(at)]

    def sentence_end(self, at: int) -> int:
        """Where the sentence that the character before `at` is in ends."""
        index = self.sentence(max(0, at - 1)) + 1
        return self._sentences[index] if index < len(self._sentences) else len(self.text)

    def paragraph(self, at: int) -> int:
        """Which paragraph the character at `at` is in."""
        return bisect.bisect_right(self._paragraphs, at) - 1

    def opens_paragraph(self, at: int) -> bool:
        """Whether it stands at that paragraph's beginning."""
        return at - self._paragraphs[self.paragraph(at)] < 30

    def in_quotation(self, at: int) -> bool:
        """Whether it stands in a quotation."""
        if at not in self._depths:
            self._depths[at] = self.quoted.depth(at) > 0
        return self._depths[at]

    def spot(self, span: Span) -> Spot:
        """What there is to know of a place; worked out once for each."""
        if span not in self._spots:
            start = self.sentence_start(span.start)
            self._spots[span] = Spot(
                self.sentence(span.start),
                self.paragraph(span.start),
                span.start - start < _SUBJECT,
                span.start - start < _NEAR,
                self.in_quotation(start),
                self.in_quotation(span.start),
                self.is_possessive(span),
                self.behind_preposition(span),
                self.opens_paragraph(span.start),
            )
        return self._spots[span]

    def is_possessive(self, span: Span) -> bool:
        """Whether what stands there is somebody's ("Ode's")."""
        return self.text[span.end : span.end + 2] in ("'s", "’s") or self.text[span.end - 2 : span.end] in ("'s", "’s")

    def behind_preposition(self, span: Span) -> bool:
        """Whether a preposition leads to it."""
        before = _WORD_BEFORE.search(self.text, max(0, span.start - 20), span.start)
        return before is not None and before.group(1).lower() in PREPOSITIONS


def named_speakers(text: str, marks: Marks) -> tuple[list[Speaker], dict[Named, Speaker], Bodies]:
    """Everybody whom the document names, with the roles it gives them in apposition and before their names; who bears
    the name at each place; and which bodies there are."""
    found: list[Speaker] = []
    by_name: dict[Named, Speaker] = {}
    everybody, bodies = gathered(text, [*marks.names, *marks.bodies])
    for bearer in with_aliases(text, everybody):
        speaker = Speaker(
            bearer.kind, [Span(n.start, n.end) for n in bearer.names], bearer.kind == "people", bearer.gender, bearer
        )
        if bearer.kind != "person" and lexicon().is_outlet(bearer.text(text)):
            speaker.heads |= {"newspaper", "paper", "outlet", "publication", "website", "site"}
        for name in bearer.names:
            by_name[name] = speaker
            if bearer.kind == "person":
                for role in _roles_beside(text, marks, name):
                    take_role(text, speaker, role)
        found.append(speaker)
    return found, by_name, bodies


def phrase_speakers(text: str, marks: Marks) -> list[Speaker]:
    """Everybody, and every document, that is described and not named: who may be meant by "they" or "the report"."""
    found: dict[str, Speaker] = {}
    if len(text) > LONGEST:
        return []
    ends = {n.end for n in marks.names}
    for phrase in marks.phrases:
        if phrase.end in ends:
            continue
        words = [w.group().lower() for w in WORD.finditer(text, phrase.start, phrase.end)]
        if not words or words[-1] in PRONOUNS or (phrase.kind == "other" and words[-1] not in lexicon().documents):
            continue
        said = " ".join(w for w in words if w not in ARTICLES)
        span = Span(phrase.start, phrase.end)
        if said in found:
            found[said].places.append(span)
            continue
        speaker = Speaker("phrase", [span], phrase.kind == "people", described=span)
        speaker.words, speaker.heads = content_words(words), {normal(words[-1])}
        speaker.gender = lexicon().honorifics.get(words[-1])
        found[said] = speaker
    return list(found.values())


def take_role(text: str, speaker: Speaker, role: Span) -> None:
    """Note what somebody is called beside the name."""
    words = [w.group().lower() for w in WORD.finditer(text, *role)]
    if not words:
        return
    speaker.roles[role] = None
    told = content_words(words)
    speaker.words |= told
    speaker.offices.add(frozenset(told))
    head = next((i for i, w in enumerate(words) if i and w in PREPOSITIONS), len(words))
    speaker.heads.add(normal(words[head - 1]))
    for word in words:
        gender = lexicon().honorifics.get(word.rstrip("."))
        if gender and speaker.gender is None:
            speaker.gender = gender


def _roles_beside(text: str, marks: Marks, name: Named) -> list[Span]:
    """ "Iraqi security expert NAME", "NAME, a Syrian security expert,", "the minister, NAME,"."""
    roles = []
    phrase = marks.phrase_at(name.start)
    if phrase is not None and phrase.start < name.start:
        roles.append(Span(phrase.start, name.start))
    else:
        start = name.start
        while title := _TITLE.search(text, max(0, start - 30), start):
            if title.group(1).lower().rstrip(".") not in lexicon().honorifics:
                break
            start = title.start()
        if start < name.start:
            roles.append(Span(start, name.start))
    behind = _APPOSITION.match(text, name.end, name.end + 12)
    if behind:
        phrase = marks.phrase_at(behind.end())
        if (
            phrase is not None
            and phrase.start <= behind.end() + 1
            and phrase.kind in ("person", "people")
            and not marks.names_in(phrase.end - 1, phrase.end)
        ):
            stop = _STOP.search(text, phrase.end, phrase.end + _REACH)
            end = stop.start() if stop else phrase.end
            last = marks.names_in(phrase.start, phrase.end)
            if not (last and last[-1].end == phrase.end and last[-1].kind == "person"):
                roles.append(Span(behind.end(), end))
    trimmed = []
    for role in roles:
        words = list(WORD.finditer(text, *role))
        while words and words[0].group().lower() in ARTICLES:
            words = words[1:]
        if words:
            trimmed.append(Span(words[0].start(), words[-1].end()))
    return trimmed


def described_speaker(marks: Marks, mention: Mention, owner: Speaker | None) -> Speaker:
    """A new speaker known by a description only."""
    phrase = marks.phrase_at(mention.core.start)
    kind = "description"
    if phrase is not None and phrase.kind == "organisation" and mention.head not in lexicon().honorifics:
        kind = "body"
    speaker = Speaker(kind, [mention.core], mention.plural, described=mention.described, owner=owner)
    speaker.words = content_words(mention.words)
    if owner is not None and owner.bearer is not None:
        speaker.words |= set(owner.bearer.key)
    speaker.heads = {normal(mention.head)}
    speaker.gender = lexicon().honorifics.get(mention.head)
    return speaker
