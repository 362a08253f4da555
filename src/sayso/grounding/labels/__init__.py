"""What each voice, and the report itself, calls everybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sayso.grounding.entities import Draft, Register
from sayso.grounding.labels.calls import Call, calls, describes, judging
from sayso.grounding.labels.loaded import probability
from sayso.grounding.labels.meant import Meant
from sayso.grounding.labels.words import COURTESY
from sayso.grounding.phrases import Word, noun_phrases, words_of
from sayso.innermost import innermost
from sayso.types import Attribution, Label, Span
from sayso.voices.aliases import shortens, sounds
from sayso.voices.bearers import key
from sayso.voices.lexicon import ARTICLES, PREPOSITIONS, PRONOUNS
from sayso.voices.marks import Marks
from sayso.voices.mention import OWNERS
from sayso.voices.voiced import Company

LOADED = 0.5
"""A label is loaded from this probability on."""
_LONGEST = 8
"""A description of more words tells a story."""


def called(register: Register, marks: Marks, company: Company) -> list[Call]:
    """Everything that anybody is called in the document, in text order, no two calls of one entity over each other.
    Descriptions that mean an entity become mentions of it."""
    meant = Meant(register, marks, company.scene)
    found = [*calls(register, noun_phrases(marks), meant), *_roles(register), *_other_names(register)]
    found += _descriptions(register)
    kept: list[Call] = []
    last: dict[int, int] = {}
    for call in sorted(found, key=lambda call: (call.span.start, -call.span.end)):
        if call.span.start >= last.get(id(call.draft), 0):
            kept.append(call)
            last[id(call.draft)] = call.span.end
    return sorted(kept, key=lambda call: call.span)


def labels(found: Sequence[Call], ids: Mapping[int, str], attributions: Sequence[Attribution]) -> tuple[Label, ...]:
    """The calls as labels, each with the voice in whose words it stands. What is said of somebody's calling ("he
    branded NAME a …") is a label only inside what that somebody says."""
    holders = innermost(attributions, [call.span for call in found])
    return tuple(
        _label(call, ids[id(call.draft)], None if holder is None else attributions[holder])
        for call, holder in zip(found, holders, strict=True)
        if not (call.reported and holder is None)
    )


def _label(call: Call, entity: str, holder: Attribution | None) -> Label:
    score = probability(call.told)
    voice, attribution = (holder.voice, holder.id) if holder else (None, None)
    return Label(entity, voice, call.span, call.head, score >= LOADED, score, attribution)


def _roles(register: Register) -> Iterator[Call]:
    """The titles, offices and appositions that voices are known by."""
    for draft in register.all:
        if draft.speaker is None or draft.type != "PERSON" or draft.speaker.bearer is None:
            continue
        for role in draft.speaker.roles:
            words = _of_role(register.text, role)
            lower = tuple(w.lower for w in words)
            if not words or set(lower) <= COURTESY or lower[-1].endswith("'s") or register.text[role.start - 1] == "(":
                continue  # brackets hold a party, an age or a place
            head = words[next((i for i, word in enumerate(lower) if i and word in PREPOSITIONS), len(lower)) - 1]
            if describes(head.lower):
                span = Span(words[0].start, words[-1].end)
                yield Call(draft, span, Span(head.start, head.end), judging(register.text, words))


def _descriptions(register: Register) -> Iterator[Call]:
    """The descriptions of voices that have no name, where they judge ("the occupiers")."""
    for draft in register.all:
        if draft.name and draft.voice and not draft.named and draft.type != "WORK":
            for place in draft.described:
                words = _of_role(register.text, place)
                told = judging(register.text, words)
                if 0 < len(words) <= _LONGEST and probability(told) >= LOADED:
                    head = next((i for i, w in enumerate(words) if i and w.lower in PREPOSITIONS), len(words)) - 1
                    span, leans_on = Span(words[0].start, words[-1].end), Span(words[head].start, words[head].end)
                    yield Call(draft, span, leans_on, told)


def _of_role(text: str, role: Span) -> list[Word]:
    """The words of a role without its determiners, as far as it goes; none of a mere clause or "of the party"."""
    words = words_of(text, *role)
    while words and (words[0].lower in ARTICLES or words[0].lower in OWNERS or words[0].lower == "s"):
        words = words[1:]
    end = next((i for i, w in enumerate(words) if i and _ends_role(text, words[i - 1], w)), len(words))
    return words[:end] if words and not {words[0].lower, words[end - 1].lower} & (PREPOSITIONS | PRONOUNS) else []


def _ends_role(text: str, before: Word, word: Word) -> bool:
    """Whether something else begins: a clause ("who …", "it …"), or the next title behind a comma."""
    return word.lower in PRONOUNS or "," in text[before.end : word.start]


def _other_names(register: Register) -> Iterator[Call]:
    """Names that are no shorter form, no abbreviation and no other spelling of what the entity is called."""
    for draft in register.all:
        if draft.type == "PEOPLE" or not draft.name:
            continue
        same = {draft.name: True}
        for name in draft.named:
            words = register.text[name.start : name.end]
            if words not in same:
                same[words] = _is_form_of(words, draft)
            if not same[words]:
                span = Span(name.start, name.end)
                yield Call(draft, span, span, ())


def _is_form_of(words: str, draft: Draft) -> bool:
    one, two = sounds(key(words)), sounds(key(draft.name))
    return set(one) <= set(two) or set(two) <= set(one) or shortens(words, draft.name)
