"""Sources → speakers: who is meant by each, decided in text order, names by their words and the rest by the scorer."""

from __future__ import annotations

import bisect
import itertools
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sayso.names import Named
from sayso.types import Span, Spans
from sayso.voices.antecedent import BARE, antecedent
from sayso.voices.bearers import Bearer, Bodies, Key, key
from sayso.voices.byline import byline
from sayso.voices.lexicon import ARTICLES, RELATIVE, lexicon
from sayso.voices.marks import WORD, Marks
from sayso.voices.mention import OWNERS, Mention, mention
from sayso.voices.options import NEAR, REACH, Occasion, Options, form, options
from sayso.voices.pairs import means_two, pair_before
from sayso.voices.parts import parts
from sayso.voices.speakers import (
    Cast,
    Scene,
    Speaker,
    described_speaker,
    named_speakers,
    normal,
    phrase_speakers,
    take_role,
)


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """Whom one source, or one part of a joint one, means. `features` tells which of the features of `options` the
    speaker has, if it was chosen among those who may be meant, and is empty if it is somebody new; it is None where the
    source's words decided, for a reason that `told` may give."""

    mention: Mention
    speaker: Speaker | None
    score: float
    features: NDArray[np.bool_] | None
    owner: Speaker | None = None
    told: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """The spans of one attribution and the index of the one that it lies in."""

    source: Spans
    cue: Spans
    content: Spans
    parent: int | None


_Previous = tuple[Speaker | None, int, Spans]
"""Who spoke last, where, and the words of that source."""

_NOBODY: _Previous = (None, -1, ())

_BODIES_SEEN = 64
_BODIES = frozenset({"organisation", "thing"})
_AGAIN = 3
"""Words: longer, "the paper that broke the story" says which it is."""
_UTTERED = frozenset({"words", "message", "messages", "rhetoric", "remarks", "comments", "tone"})
_SURE, _LIKELY = 0.9, 0.8
_NEW = np.zeros(0, np.bool_)
_BESIDE = 450  # so far back two who are named side by side may be "they"
_LATER = 400  # so far behind its first plain mention a body may be called by more, in code points

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
    _bodies: Bodies = field(default_factory=lambda: Bodies("", ()))
    _by_key: dict[Key, Speaker] = field(default_factory=dict)
    _outlets: dict[str, list[tuple[Key, Speaker]]] = field(default_factory=lambda: defaultdict(list))
    _author: Speaker | None = None
    _together: tuple[int, list[Speaker]] = field(default_factory=lambda: (-1, []))

    def resolve(self, said: Sequence[Said], note: Callable[[int, Link], None] | None = None) -> list[list[Link]]:
        """For every attribution, in the given order, its links: one, or one for each part of a joint source. `note` is
        told of each link as soon as it is made."""
        named, self._by_name, self._bodies = named_speakers(self.text, self.marks)
        self.cast = Cast(named + phrase_speakers(self.text, self.marks))
        self._by_key = {k: s for s in reversed(named) if s.bearer for k in (*s.bearer.others, s.bearer.key)}
        for words, speaker in self._by_key.items():
            if (
                speaker.bearer is not None
                and speaker.kind != "person"
                and lexicon().is_outlet(speaker.bearer.text(self.text))
            ):
                for word in set(words):
                    self._outlets[word].append((words, speaker))
        title_end = self.text.find("\n") if "\n" in self.text[:400] else 0
        links: list[list[Link]] = [[] for _ in said]
        previous = _NOBODY
        for index in sorted(range(len(said)), key=lambda i: (_depth(said, i), _place(said[i]))):
            item = said[index]
            outer = links[item.parent] if item.parent is not None else []
            pieces = parts(self.marks, item.source)
            parent = outer[0].speaker if outer else None
            for part in pieces:
                before = previous if item.parent is None else _NOBODY
                occasion = self._occasion(item, part, parent, before, title_end)
                occasion = replace(occasion, joint=len(pieces) > 1)
                for link in self._pair(occasion) or self._links(index, occasion):
                    if note is not None:
                        note(index, link)
                    if link.speaker is None or all(link.speaker is not known.speaker for known in links[index]):
                        links[index].append(link)
            if len(links[index]) > 1:
                self._together = (_place(item), [link.speaker for link in links[index] if link.speaker is not None])
            if item.parent is None:
                previous = (links[index][0].speaker or previous[0], _place(item), item.source)
        return self._with_later_names(links)

    def _occasion(
        self, item: Said, part: Spans, parent: Speaker | None, previous: _Previous, title_end: int
    ) -> Occasion:
        at = _place(item)
        return Occasion(
            mention(self.marks, self._antecedent(item, part)),
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
        turns = self._turns(links)
        same: dict[int, Speaker] = {}
        for speaker in {id(link.speaker): link.speaker for row in links for link in row if link.speaker}.values():
            if speaker.bearer is not None:
                continue
            fitting = bearers.get(frozenset(speaker.words), []) if len(speaker.words) > 1 else self._only_body(speaker)
            fitting = fitting or self._introduced(speaker, turns)
            if len(fitting) == 1 and (not speaker.plural or fitting[0].kind != "person"):
                same[id(speaker)] = fitting[0]
                for place in speaker.places:
                    self.cast.met(fitting[0], place)
                fitting[0].roles |= dict.fromkeys(speaker.places)
        return [[_given_to(link, same) for link in row] for row in links]

    @staticmethod
    def _turns(links: list[list[Link]]) -> set[tuple[int, int]]:
        """Who speaks right behind whom, in text order, by their `id()`."""
        first = (row[0] for row in links if row)
        spoken = [
            (link.mention.span, id(link.speaker)) for link in first if link.speaker and link.mention.form != "none"
        ]
        spoken.sort(key=lambda turn: turn[0])  # never by the `id()`: that is another in every run
        return {(before, after) for (_, before), (_, after) in itertools.pairwise(spoken)}

    def _introduced(self, speaker: Speaker, turns: set[tuple[int, int]]) -> list[Speaker]:
        """The person whom the text names right behind an office, and behind whom the office speaks again: "Lyth's
        harbour minister says … General Amal Ode told … the Lyth harbour minister said". Of that person the text may
        give no more than a rank: a rival would be introduced by an office of his own."""
        if speaker.plural or not speaker.heads & lexicon().honorifics.keys() or len(speaker.sources) < 2:
            return []
        person = next(iter(self.cast.after(speaker.places[0].end, NEAR)), None)
        if person is None or (id(person), id(speaker)) not in turns:
            return []
        return [person] if all(office <= lexicon().ranks for office in person.offices) else []

    def _only_body(self, speaker: Speaker) -> list[Speaker]:
        """The bodies that plain "police" or "the family" may be, by what the text calls them more fully elsewhere: one
        description or name each."""
        head = next(iter(speaker.words), "")
        if not head or speaker.heads != {head} or head not in _sole_bodies():
            return []
        named = [s for s in self.cast.ending_in(head) if s.kind in _BODIES and s.bearer and len(s.bearer.key) > 1]
        told = [s for s in self.cast.going_by(head) if s.bearer is None and len(s.words) > 1]
        return named or [s for s in told if s.places[0].start < speaker.places[0].start + _LATER]

    def _antecedent(self, item: Said, source: Spans) -> Spans:
        """What a relative pronoun takes up ("two aides at the port who …"); the source itself, if it is none. "Those
        who" are nobody without what they do."""
        if not source:
            return source
        start, words = source[0].start, self.text[source[0].start : source[-1].end].lower().split()
        if len(words) == 2 and words[0] in BARE and words[1] in RELATIVE and item.content:
            return (Span(start, max(source[-1].end, item.content[-1].end)),)
        if words[-2:] == ["of", "whom"] and words[0] == "both":
            return (Span(start, start + len("both")),)
        if not words or words[-1] not in RELATIVE or (len(words) > 1 and words[-2:-1] != ["of"]):
            return source
        taken_up = antecedent(self.marks, start)
        if taken_up is None:
            return source
        if item.content and self.text[slice(*taken_up)].lower() in BARE:
            return (Span(taken_up.start, max(source[-1].end, item.content[-1].end)),)
        return (taken_up,)

    def _pair(self, occasion: Occasion) -> list[Link]:
        """The links of a source that means two who stand side by side before it ("both", "the two bakers"), or of
        "they" behind what several said together; none, if it does neither."""
        found, at = occasion.mention, occasion.at
        place, together = self._together
        if form(found) == "they" and together and place == occasion.previous_at:
            speakers = together
        elif means_two(found):
            pair = pair_before(self.marks, at)
            if pair is not None and pair[0].start > place:
                speakers = [self.named(name) for name in pair]
            else:
                speakers = together if len(together) == 2 else []
        else:
            return []
        return _side_by_side(found, speakers)

    def _links(self, index: int, occasion: Occasion) -> list[Link]:
        """One link, but where the scorer knows nobody for "they": then the two who were last named side by side."""
        found = occasion.mention
        owner = self._owner(index, occasion) if found.owner else None
        told = self._told(occasion, owner)
        links = [told] if told is not None else self._chosen(index, occasion, owner)
        for link in links:
            if link.speaker is not None:
                self._take(link, occasion, link.speaker)
        return links

    def _told(self, occasion: Occasion, owner: Speaker | None) -> Link | None:
        """The link of a source whose own words say whom it means; None where they do not."""
        found = occasion.mention
        if found.name is not None:
            return Link(found, self.named(found.name), found.name.score, None)
        if form(found) == "first" and (occasion.parent is not None or not occasion.in_quotation):
            return Link(found, self._own(found, occasion.parent), _SURE, None)
        body = self._shortened(occasion)
        if body is not None:
            return Link(found, body, _LIKELY, None, None, "the last words of a name before it")
        if owner is None or len(found.words) != 2:
            return None
        whose = owner if found.head in _UTTERED else self._body_of(owner, found.head)
        return None if whose is None else Link(found, whose, _LIKELY, None, owner, f"“{found.owner}” says whose it is")

    def _chosen(self, index: int, occasion: Occasion, owner: Speaker | None) -> list[Link]:
        """The links of a source whom the scorer gives to somebody, to somebody new, or to nobody. Who speaks beside
        others is always somebody."""
        found = occasion.mention
        offered = options(occasion, self.cast, self.scene, owner)
        row, score = self.choose(index, occasion, offered)
        if row < len(offered.speakers):
            return [Link(found, offered.speakers[row], score, offered.rows[row] > 0, owner)]
        if found.form == "none" or (row > len(offered.speakers) and not occasion.joint):
            return [Link(found, None, score, _NEW)]
        pair = pair_before(self.marks, occasion.at, _BESIDE) if form(found) == "they" else None
        if pair is not None:
            return _side_by_side(found, [self.named(name) for name in pair])
        body = self._of_its_sort(occasion)
        if body is not None:
            return [Link(found, body, score, _NEW, owner, f"the last {found.head} named before it")]
        return [Link(found, self._described(found, owner), score, _NEW, owner)]

    def _body_of(self, owner: Speaker, noun: str) -> Speaker | None:
        """The body that "her campaign" means, if the text calls it by her name elsewhere ("the Ode campaign")."""
        if owner.bearer is None:
            return None
        whose = owner.bearer.key[-1:]
        bodies = (s for s in self.cast.ending_in(noun)[:_BODIES_SEEN] if s.kind == "organisation" and s.bearer)
        return next((s for s in bodies if s.bearer and s.bearer.key[:-1][-1:] == whose), None)

    def _shortened(self, occasion: Occasion) -> Speaker | None:
        """The body that "the commission" is short for: the one named last before whose name ends in these words."""
        found = occasion.mention
        if found.form != "description" or found.words[:1] != ("the",) or found.described.end > found.core.end:
            return None
        words = tuple(w for w in found.words if w not in ARTICLES)
        before = self.cast.before(occasion.at, REACH) if words and self.cast.ending_in(words[-1]) else iter(())
        return next((s for s in before if s.kind in _BODIES and s.bearer and _ends(s.bearer.key, words)), None)

    def _described(self, found: Mention, owner: Speaker | None) -> Speaker:
        speaker = described_speaker(self.marks, found, owner)
        self.cast.add(speaker)
        return speaker

    def _of_its_sort(self, occasion: Occasion) -> Speaker | None:
        """The body that "the agency" means, whose name says that it is one: the one mentioned last before."""
        found = occasion.mention
        sorts = lexicon().sorts.get(found.head, frozenset()) if found.words == ("the", found.head) else frozenset()
        before = self.cast.before(occasion.at, REACH) if sorts else iter(())
        by_name = next((s for s in before if s.bearer and s.kind in _BODIES and s.bearer.key[-1] in sorts), None)
        return by_name or self._outlet_again(occasion)

    def _outlet_again(self, occasion: Occasion) -> Speaker | None:
        """The outlet that "the news website" takes up again: the one named last before."""
        found = occasion.mention
        again = found.words[:1] == ("the",) and len(found.words) <= _AGAIN and found.head in lexicon().media_nouns
        before = self.cast.before(occasion.at, REACH) if again else iter(())
        return next((s for s in before if s.bearer and lexicon().is_outlet(" ".join(s.bearer.key))), None)

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
            name = byline(self.marks)
            known = None if name is None else self.named(name).bearer
            self._author = Speaker("author", [Span(0, 1)], bearer=known)
            self.cast.add(self._author)
        return self._author

    def named(self, name: Named) -> Speaker:
        """Who bears a name that stands in the text."""
        speaker = self._by_name.get(name)
        if speaker is None:
            words = key(self.text[name.start : name.end])
            speaker = self._by_key.get(words)
            if speaker is None and (known := self._bodies.bearer_of(name)) is not None:
                speaker = self._by_key[known.key]
            if speaker is None and name.kind != "person":
                speaker = self._outlet(words)
            if speaker is None:
                speaker = Speaker(
                    name.kind, [Span(name.start, name.end)], bearer=Bearer(name.kind, words, name, [name])
                )
                self.cast.add(speaker)
                self._by_key[words] = speaker
            self._by_name[name] = speaker
        return speaker

    def _outlet(self, words: Key) -> Speaker | None:
        """The outlet whose name these words begin or end ("the Times", "People")."""
        for longer, speaker in self._outlets.get(words[-1], ()) if words else ():
            if longer[-len(words) :] == words or longer[: len(words)] == words:
                return speaker
        return None

    def described(self, span: Span, owner: Speaker | None) -> Speaker:
        """Somebody whom the words at a span only describe; `owner` is whom their "his" means."""
        found = mention(self.marks, (span,))
        speaker = described_speaker(self.marks, found, owner if found.owner else None)
        self.cast.add(speaker)
        return speaker

    def titled(self, span: Span) -> Speaker:
        """Who goes by the title at a span that no name was found at."""
        speaker = self.named(Named(span.start, span.end, "organisation", 0.5))
        self.cast.met(speaker, span)
        return speaker

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
        if found.form == "description" and link.owner is not speaker:
            take_role(self.text, speaker, found.core)
            if speaker.described is not None and _says_more(self.text, found.described, speaker.described):
                speaker.described, speaker.owner = found.described, link.owner
        shape = form(found)
        if shape in ("he", "she") and speaker.gender is None:
            speaker.gender = "male" if shape == "he" else "female"


def _side_by_side(found: Mention, speakers: Sequence[Speaker]) -> list[Link]:
    return [Link(found, speaker, _LIKELY, None, None, "named side by side before it") for speaker in speakers]


def _ends(name: Key, words: Key) -> bool:
    return len(name) > 1 and name[-len(words) :] == words


@cache
def _sole_bodies() -> frozenset[str]:
    """What a body may be called by that is the only one of its sort in a report, as `normal` has it."""
    return frozenset(map(normal, lexicon().body_nouns | {"police", "military", "family"}))


def _given_to(link: Link, same: dict[int, Speaker]) -> Link:
    person = same.get(id(link.speaker))
    return link if person is None else replace(link, speaker=person, features=None)


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
