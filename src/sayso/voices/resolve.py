"""Sources → speakers: who is meant by each, decided in text order, names by their words and the rest by the scorer."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import regex

from sayso.names import Named
from sayso.types import Span, Spans
from sayso.voices.bearers import Bearer, Key, key
from sayso.voices.lexicon import ARTICLES, RELATIVE
from sayso.voices.mention import OWNERS, WORD, Marks, Mention, mention, parts
from sayso.voices.options import Occasion, Options, form, options
from sayso.voices.speakers import (
    Cast,
    Scene,
    Speaker,
    described_speaker,
    named_speakers,
    phrase_speakers,
    take_role,
)


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """Whom one source, or one part of a joint one, means. `options` is None where the name decided."""

    mention: Mention
    speaker: Speaker | None
    score: float
    options: Options | None
    owner: Speaker | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """The spans of one attribution and the index of the one that it lies in."""

    source: Spans
    cue: Spans
    content: Spans
    parent: int | None


_Previous = tuple[Speaker | None, int, Spans]
"""Who spoke last, where, and the words of that source."""

_SURE = 0.9
_RELATIVE_REACH = 90
_CLAUSE = regex.compile(r"[.;:\n]|\b(?:said|says|told|was|is|were|are|has|have|had|and)\b")

Chooser = Callable[[int, Occasion, Options], tuple[int, float]]
"""Given an attribution's index, its occasion and the options: the row chosen, and its probability."""


@dataclass(slots=True)
class Resolver:
    """The state of one document's resolution."""

    text: str
    marks: Marks
    scene: Scene
    choose: Chooser
    cast: Cast = field(default_factory=lambda: Cast(()))
    _by_name: dict[Named, Speaker] = field(default_factory=dict)
    _by_key: dict[Key, Speaker] = field(default_factory=dict)
    _author: Speaker | None = None

    def resolve(self, said: Sequence[Said], note: Callable[[int, Link], None] | None = None) -> list[list[Link]]:
        """For every attribution, in the given order, its links: one, or one for each part of a joint source. `note` is
        told of each link as soon as it is made."""
        named, self._by_name = named_speakers(self.text, self.marks)
        self.cast = Cast(named + phrase_speakers(self.text, self.marks))
        self._by_key = {k: s for s in reversed(named) if s.bearer for k in (*s.bearer.others, s.bearer.key)}
        title_end = self.text.find("\n") if "\n" in self.text[:400] else 0
        links: list[list[Link]] = [[] for _ in said]
        previous: _Previous = (None, -1, ())
        for index in sorted(range(len(said)), key=lambda i: (_depth(said, i), _place(said[i]))):
            item = said[index]
            outer = links[item.parent] if item.parent is not None else []
            for part in parts(self.marks, item.source):
                occasion = self._occasion(item, part, outer[0].speaker if outer else None, previous, title_end)
                link = self._link(index, occasion)
                if note is not None:
                    note(index, link)
                if link.speaker is None or all(link.speaker is not known.speaker for known in links[index]):
                    links[index].append(link)
            if item.parent is None:
                previous = (links[index][0].speaker or previous[0], _place(item), item.source)
        return self._with_later_names(links)

    def _occasion(
        self, item: Said, part: Spans, parent: Speaker | None, previous: _Previous, title_end: int
    ) -> Occasion:
        at = _place(item)
        return Occasion(
            mention(self.marks, self._antecedent(part)),
            part[0].start if part else at,
            tuple(w.group().lower() for span in item.cue for w in WORD.finditer(self.text, *span)),
            self.scene.in_quotation(at),
            parent,
            previous[0],
            previous[1],
            bool(item.source) and item.source == previous[2],
            at < title_end,
        )

    def _with_later_names(self, links: list[list[Link]]) -> list[list[Link]]:
        """Give what a described speaker says to the one person or body that elsewhere goes by the same description:
        "Lyth's harbour minister says …", and further down "the Lyth harbour minister" for Amal Ode."""
        bearers: dict[frozenset[str], list[Speaker]] = defaultdict(list)
        for person in self.cast.all:
            if person.kind in ("person", "organisation") and person.bearer is not None:
                for office in person.offices:
                    bearers[office].append(person)
        same: dict[int, Speaker] = {}
        for speaker in {id(link.speaker): link.speaker for row in links for link in row if link.speaker}.values():
            fitting = bearers.get(frozenset(speaker.words), [])
            if speaker.bearer is not None or len(speaker.words) < 2 or len(fitting) != 1:
                continue
            if not speaker.plural or fitting[0].kind == "organisation":
                same[id(speaker)] = fitting[0]
                for place in speaker.places:
                    self.cast.met(fitting[0], place)
                fitting[0].roles |= dict.fromkeys(speaker.places)
        return [[_given_to(link, same) for link in row] for row in links]

    def _antecedent(self, source: Spans) -> Spans:
        """The phrase that a relative pronoun takes up ("two aides who …"); the source itself, if it is none."""
        if not source or self.text[source[0].start : source[-1].end].lower() not in RELATIVE:
            return source
        start = source[0].start
        before = [p for p in self.marks.phrases_in(max(0, start - _RELATIVE_REACH), start) if p.end <= start]
        if not before:
            return source
        near = [p for p in before if not _CLAUSE.search(self.text, p.end, start)] or before[-1:]
        persons = [p for p in near if p.kind in ("person", "people", "organisation")] or near
        phrase = persons[-1]
        return (Span(phrase.start, phrase.end),)

    def _link(self, index: int, occasion: Occasion) -> Link:
        found = occasion.mention
        if found.name is not None:
            speaker = self.named(found.name)
            link = Link(found, speaker, found.name.score, None)
        elif form(found) == "first" and (occasion.parent is not None or not occasion.in_quotation):
            speaker = self._own(found, occasion.parent)
            link = Link(found, speaker, _SURE, None)
        else:
            owner = self._owner(index, occasion) if found.owner else None
            offered = options(occasion, self.cast, self.scene, owner)
            row, score = self.choose(index, occasion, offered)
            if row < len(offered.speakers):
                speaker = offered.speakers[row]
            elif row == len(offered.speakers) and found.form != "none":
                speaker = described_speaker(self.marks, found, owner)
                self.cast.add(speaker)
            else:
                return Link(found, None, score, offered)
            link = Link(found, speaker, score, offered, owner)
        self._take(link, occasion, speaker)
        return link

    def _owner(self, index: int, occasion: Occasion) -> Speaker | None:
        """Whom the "his" of "his lawyer" means."""
        word = occasion.mention.owner
        start = occasion.mention.core.start
        span = Span(start, start + len(word))
        pronoun = replace(
            occasion.mention, span=span, core=span, form="pronoun", words=(word,), head=word,
            plural=word in ("their", "our"),
        )  # fmt: skip
        if form(pronoun) == "first" and (occasion.parent is not None or not occasion.in_quotation):
            return self._own(pronoun, occasion.parent)
        offered = options(replace(occasion, mention=pronoun), self.cast, self.scene, None)
        row, _ = self.choose(-1, replace(occasion, mention=pronoun), offered)
        return offered.speakers[row] if row < len(offered.speakers) else None

    def _own(self, found: Mention, parent: Speaker | None) -> Speaker:
        """Whom "I" and "we" mean: the one who is quoted, for whom "we" is the body that the text gives as his; outside
        all quotations the author."""
        if parent is None:
            return self._writer()
        if found.plural and parent.kind == "person":
            for role in parent.roles:
                for name in self.marks.names_in(*role):
                    if name.kind == "organisation":
                        return self.named(name)
        return parent

    def _writer(self) -> Speaker:
        if self._author is None:
            self._author = Speaker("author", [Span(0, 1)])
            self.cast.add(self._author)
        return self._author

    def named(self, name: Named) -> Speaker:
        """Who bears a name that stands in the text."""
        speaker = self._by_name.get(name)
        if speaker is None:
            words = key(self.text[name.start : name.end])
            speaker = self._by_key.get(words)
            if speaker is None:
                speaker = Speaker(
                    name.kind, [Span(name.start, name.end)], bearer=Bearer(name.kind, words, name, [name])
                )
                self.cast.add(speaker)
                self._by_key[words] = speaker
            self._by_name[name] = speaker
        return speaker

    def titled(self, span: Span) -> Speaker:
        """Who goes by the title at a span that no name was found at."""
        words = key(self.text[span.start : span.end])
        known = self._by_key.get(words) or next(
            (s for k, s in self._by_key.items() if words and k[-len(words) :] == words), None
        )
        if known is not None:
            self.cast.met(known, span)
            return known
        return self.named(Named(span.start, span.end, "organisation", 0.5))

    def _take(self, link: Link, occasion: Occasion, speaker: Speaker) -> None:
        """Note that the speaker is meant here."""
        found = occasion.mention
        bisect.insort(speaker.sources, occasion.at)
        if found.form == "none":
            return
        self.cast.met(speaker, found.core)
        for role in found.roles:
            take_role(self.text, speaker, role)
        for head in speaker.heads:
            self.cast.called(speaker, head)
        if found.form == "description":
            take_role(self.text, speaker, found.core)
            if speaker.described is not None and _says_more(self.text, found.described, speaker.described):
                speaker.described, speaker.owner = found.described, link.owner
        shape = form(found)
        if shape in ("he", "she") and speaker.gender is None:
            speaker.gender = "male" if shape == "he" else "female"


def _given_to(link: Link, same: dict[int, Speaker]) -> Link:
    person = same.get(id(link.speaker))
    return link if person is None else replace(link, speaker=person, options=None)


def _place(item: Said) -> int:
    """Where an attribution asks for its voice: at its source, else at its cue, else at its content."""
    return min(span.start for span in item.source or item.cue or item.content)


def _depth(said: Sequence[Said], index: int) -> int:
    depth = 0
    parent = said[index].parent
    while parent is not None and depth < 10:
        depth, parent = depth + 1, said[parent].parent
    return depth


def _says_more(text: str, new: Span, old: Span) -> bool:
    """Whether a description tells more than another: more words that are no articles."""
    new_words, old_words = (
        [w for w in WORD.findall(text[start:end].lower()) if w not in ARTICLES] for start, end in (new, old)
    )
    return len(new_words) > len(old_words) and not set(new_words) & OWNERS
