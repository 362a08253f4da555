"""Who may be meant by a source that is no name, and what speaks for each: the features of the scorer.

Every option for a mention is one row of numbers. They are those of mention-ranking coreference (Durrett & Klein, EMNLP
2013: distance, recency, agreement, match of head and modifiers) and those of quotation attribution (O'Keefe et al.,
EMNLP 2012: who spoke before, who is named nearest, who is spoken of most).
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sayso.voices.lexicon import FEMALE, FIRST, MALE, RELATIVE, THEY, lexicon
from sayso.voices.mention import Mention
from sayso.voices.speakers import Cast, Scene, Speaker, content_words, normal

FORMS = (
    "he",
    "she",
    "they",
    "it",
    "first",
    "relative",
    "other",
    "definite",
    "possessive",
    "indefinite",
    "bare",
    "none",
)
KINDS = ("person", "organisation", "place", "people", "thing", "description", "body", "phrase")
MOST, FEW = 14, 4
"""So many speakers are weighed for one mention: the most recent ones; a few that go by the same word; a few that are
only described near it."""
NEAR = 900
"""How far ahead somebody is looked for who is described first and named then."""
_NO_PERSON = frozenset({"organisation", "place", "people", "body"})
REACH = 20_000
"""How far back a speaker is looked for, in code points."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """What is known of an attribution before its voice is: the mention that is its source, where it stands, its cue's
    words, who speaks the attribution that it lies in, who spoke before (nobody, if it lies in one), and whether it
    names one of several who speak together (`joint`)."""

    mention: Mention
    at: int
    cue: tuple[str, ...]
    in_quotation: bool
    parent: Speaker | None
    previous: Speaker | None
    previous_at: int
    same_source: bool
    headline: bool
    joint: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Options:
    """The speakers an occasion may be given to, with one row of features each. The last two rows stand for somebody
    new and for nobody."""

    speakers: Sequence[Speaker]
    rows: NDArray[np.float32]


def form(mention: Mention) -> str:
    """Which of `FORMS` a mention has; only those without a name are scored."""
    if mention.form == "none":
        return "none"
    if mention.form == "pronoun":
        word = mention.pronoun
        for name, words in (("he", MALE), ("she", FEMALE), ("they", THEY), ("first", FIRST), ("relative", RELATIVE)):
            if word in words:
                return name
        return "it" if word in ("it", "its", "itself") else "other"
    return mention.reference


def options(occasion: Occasion, cast: Cast, scene: Scene, owner: Speaker | None) -> Options:
    """The speakers that may be meant, the most recent first, and what is known of each. `owner` is whom the "his" of
    the mention means, if it has one."""
    at, worded = occasion.at, form(occasion.mention)
    mine = content_words(occasion.mention.words) if occasion.mention.form == "description" else set()
    if owner is not None and owner.bearer is not None:
        mine |= set(owner.bearer.key)
    head = normal(occasion.mention.head) if mine else ""
    apart = _is_apart(occasion)
    single = worded in ("he", "she")
    is_body = occasion.mention.head in lexicon().body_nouns
    spoken: list[Speaker] = []
    passed: list[Speaker] = []
    for speaker in cast.before(at, REACH):
        if speaker.kind == "author" or speaker is owner or (apart and speaker is occasion.parent):
            continue
        if is_body and (_is_somebody(speaker) or _is_elsewhere(mine, speaker)):
            continue
        if single and (speaker.plural or speaker.kind in _NO_PERSON or _is_long_thing(speaker)):
            continue
        if (worded == "it" and _is_somebody(speaker)) or (worded == "they" and speaker.gender is not None):
            continue
        if speaker.kind != "phrase" or speaker.sources:
            spoken.append(speaker)
        elif len(passed) < FEW and (not mine or head in speaker.heads):
            passed.append(speaker)
        if len(spoken) == MOST:
            break
    known = {id(s) for s in spoken + passed} | {id(owner)} | ({id(occasion.parent)} if apart else set())
    called = cast.going_by(head) if mine else []
    more = [s for s in called if id(s) not in known and (s.kind != "phrase" or s.before(at))]
    if mine and not occasion.mention.plural:
        more += [s for s in cast.after(at, NEAR) if id(s) not in known and s not in more]
    more = [s for s in more if not (is_body and (_is_somebody(s) or _is_elsewhere(mine, s)))]
    more += [s for s in cast.named if occasion.headline and id(s) not in known and s not in more]
    chosen = spoken + more[:FEW] + passed
    shape = [float(worded == f) for f in FORMS]
    context = _context(occasion)
    recency: dict[str, int] = {}
    rows = [
        [*shape, *context, *_pair(occasion, speaker, scene, mine, rank, recency)] for rank, speaker in enumerate(chosen)
    ]
    rows += [[*shape, *context, *([0.0] * (len(PAIR) - 2)), float(new), float(not new)] for new in (True, False)]
    return Options(chosen, np.array(rows, np.float32))


def _is_apart(occasion: Occasion) -> bool:
    """Whether the speaker of what the attribution lies in cannot be meant: in a quotation he says "I", and nobody calls
    himself "the official" in what he says. A body may: "the board said that the board …"."""
    if occasion.in_quotation or occasion.mention.form != "description":
        return occasion.in_quotation
    if occasion.mention.reference in ("indefinite", "bare"):
        return True
    parent = occasion.parent
    return parent is not None and (parent.kind == "person" or occasion.mention.head not in lexicon().body_nouns)


def _is_elsewhere(mine: set[str], speaker: Speaker) -> bool:
    """Whether a body is described by a country that the speaker, a named body, is not known to belong to: "the Lythian
    regime" is not the party named before it."""
    countries = mine & lexicon().country_names
    return bool(countries) and speaker.bearer is not None and not countries & (speaker.words | set(speaker.bearer.key))


def _is_somebody(speaker: Speaker) -> bool:
    """Whether it is one person or several, by name, by gender or by what it is called ("a spokesman"): never "it"."""
    if speaker.kind in ("person", "people") or speaker.gender is not None:
        return True
    return speaker.bearer is None and bool(speaker.heads & _persons())


@cache
def _persons() -> frozenset[str]:
    """Heads of descriptions of persons, as `normal` has them."""
    return frozenset(map(normal, lexicon().honorifics.keys() | lexicon().unnamed)) - {"first", "press", "general"}


def _is_long_thing(speaker: Speaker) -> bool:
    """Whether it has a name of several words that is no person's; one word may be what somebody goes by."""
    return speaker.kind == "thing" and speaker.bearer is not None and len(speaker.bearer.key) > 1


CONTEXT = (
    "cue -ing",
    "cue passive",
    "in quotation",
    "has parent",
    "has previous",
    "same source as previous",
    "headline",
    "plural",
    "previous near",
    "unnamed head",
    "class head",
    "document head",
    "media head",
)
PAIR = (
    *(f"kind {kind}" for kind in KINDS),
    "same sentence", "one before", "two before", "three to five before", "farther before", "later",
    "log characters", "rank 0", "rank 1", "rank 2", "rank farther", "rank in kind 0", "rank in kind 1",
    "begins its sentence", "was source", "is previous", "is parent", "log mentions", "log sources", "most sources",
    "gender agrees", "gender differs", "number agrees", "number differs",
    "head is a head", "head is a word", "shared words", "all words shared", "same words", "adjacent",
    "same paragraph head",
    "gender unknown", "in quotation", "whose", "behind preposition", "opens paragraph", "same paragraph",
    "distance outside quotations", "named next", "its name begins a sentence", "new", "nobody",
)  # fmt: skip


def _context(occasion: Occasion) -> list[float]:
    cue = occasion.cue
    first = cue[0] if cue else ""
    mention = occasion.mention
    words = lexicon()
    return [
        float(any(w.endswith("ing") for w in cue[:2])),
        float(
            first in ("was", "were", "been", "be", "is", "are")
            or (len(cue) > 1 and cue[0] in ("has", "have", "had") and cue[1] == "been")
        ),
        float(occasion.in_quotation),
        float(occasion.parent is not None),
        float(occasion.previous is not None),
        float(occasion.same_source),
        float(occasion.headline),
        float(mention.plural),
        float(occasion.previous is not None and occasion.at - occasion.previous_at < 200),
        float(mention.head in words.unnamed),
        float(mention.head in words.classes),
        float(mention.head in words.documents),
        float(mention.head in words.media_nouns),
    ]


def _pair(
    occasion: Occasion, speaker: Speaker, scene: Scene, mine: set[str], rank: int, recency: dict[str, int]
) -> list[float]:
    at, mention = occasion.at, occasion.mention
    count = speaker.before(at)
    last = speaker.places[count - 1] if count else speaker.places[0]
    spot = scene.spot(last)
    here = scene.sentence(at)
    distance = here - spot.sentence if count else -1
    group = "several" if speaker.plural else "one"
    in_kind = recency.get(group, 0)
    recency[group] = in_kind + 1
    spoke = bisect.bisect_left(speaker.sources, at)
    wanted = "male" if mention.pronoun in MALE else "female" if mention.pronoun in FEMALE else None
    told = lexicon().honorifics.get(mention.head) if wanted is None else wanted
    several = mention.plural or mention.pronoun in THEY
    head = normal(mention.head) if mine else ""
    return [
        *_ONE_HOT.get(speaker.kind, _NO_KIND),
        distance == 0,
        distance == 1,
        distance == 2,
        3 <= distance <= 5,
        distance > 5,
        distance < 0,
        math.log1p(abs(at - last.start)) / 8,
        rank == 0,
        rank == 1,
        rank == 2,
        rank > 2,
        in_kind == 0,
        in_kind == 1,
        spot.begins,
        bool(spoke) and last.start <= speaker.sources[spoke - 1] <= last.end,
        speaker is occasion.previous,
        speaker is occasion.parent,
        math.log1p(count),
        math.log1p(spoke),
        spoke > 2,
        bool(told) and speaker.gender == told,
        bool(told) and speaker.gender is not None and speaker.gender != told,
        several == speaker.plural,
        several != speaker.plural,
        bool(head) and head in speaker.heads,
        bool(head) and head in speaker.words,
        len(mine & speaker.words) / max(1, len(mine)),
        bool(mine) and mine <= speaker.words,
        bool(mine) and mine == speaker.words,
        0 <= at - last.end <= 2,
        distance == 0 and spot.begins,
        bool(told) and speaker.gender is None,
        spot.in_quotation,
        spot.possessive,
        spot.behind_preposition,
        spot.opens_paragraph,
        spot.paragraph == scene.paragraph(at),
        min(8.0, distance if not count or not spot.in_quotation else _outside(speaker, at, scene)) / 8,
        distance < 0 and spot.sentence - here <= 2,
        distance < 0 and (spot.near_beginning or spot.sentence_quoted),
        0.0,
        0.0,
    ]


_NO_KIND = (0.0,) * len(KINDS)
_ONE_HOT = {kind: tuple(float(kind == other) for other in KINDS) for kind in KINDS}


def _outside(speaker: Speaker, at: int, scene: Scene) -> int:
    """How many sentences ago the speaker was last mentioned outside quotations."""
    for place in reversed(speaker.places[: speaker.before(at)][-6:]):
        if not scene.in_quotation(place.start):
            return scene.sentence(at) - scene.sentence(place.start)
    return 8
