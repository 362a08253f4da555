"""What claims say against each other: other numbers of the same things, or that it is not so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from sayso.compare.types import Claim, Contradiction, Pair, Statement
from sayso.reading import Reading

_SURE = 0.8
"""The probability from which on a pair that is opposed is a denial by itself."""


def contradictions(
    claims: Sequence[Claim], pairs: Sequence[Pair], statements: Sequence[Statement], readings: Sequence[Reading]
) -> Iterator[Contradiction]:
    """Claims that are affirmed and denied, then claims whose numbers cannot both be so, the surest first."""
    opposed: defaultdict[int, float] = defaultdict(float)  # of each statement the surest pair that opposes it
    for pair in pairs:
        if pair.relation == "opposed":
            for end in (pair.one, pair.other):
                opposed[end] = max(opposed[end], pair.score)
    for index, claim in enumerate(claims):
        who = {
            statements[i].voice or "the report itself" for i in claim.denies if _is_denial(statements[i], opposed[i])
        }
        if claim.affirms and who - {statements[i].voice for i in claim.affirms}:  # who says both is misread
            yield Contradiction(index, index, "denial", claim.score, f"denied by {', '.join(sorted(who))}")
    claim_of = {member: index for index, claim in enumerate(claims) for member in claim.statements}
    scores: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
    for pair in pairs:
        if pair.relation == "other value" and pair.one in claim_of and pair.other in claim_of:
            one, other = sorted((claim_of[pair.one], claim_of[pair.other]))
            if one != other:
                scores[one, other].append(pair.score)
    for (one, other), found in sorted(scores.items(), key=lambda item: -max(item[1])):
        update = _is_update(claims[one], claims[other], statements, readings)
        reason = f"{_numbers(claims[one], statements)} and {_numbers(claims[other], statements)}"
        yield Contradiction(one, other, "number", round(max(found), 3), reason, update)


def _is_denial(statement: Statement, score: float) -> bool:
    """Whether somebody denies something: by the cue, or in words that are surely opposed to what another says. A "not"
    anywhere in a sentence tells little."""
    return statement.stance == "denies" or score >= _SURE


def _is_update(one: Claim, other: Claim, statements: Sequence[Statement], readings: Sequence[Reading]) -> bool:
    """Whether one who told the first number later tells the second, and no longer the first. That a number grew is not
    enough: another may count otherwise from the beginning."""
    first, second = sorted((one, other), key=lambda claim: _dates(claim.statements, statements, readings)[0])
    told = [_by_voice(claim, statements) for claim in (first, second)]
    return any(
        _dates(told[0][voice], statements, readings)[-1] <= _dates(told[1][voice], statements, readings)[0]
        for voice in told[0].keys() & told[1].keys()
    )


def _by_voice(claim: Claim, statements: Sequence[Statement]) -> dict[str, list[int]]:
    """The statements of a claim by who with a name affirms it."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for index in claim.affirms:
        voice = statements[index].voice
        if voice is not None and statements[index].voice_type not in ("unnamed", "group"):
            found[voice].append(index)
    return found


def _dates(told: Sequence[int], statements: Sequence[Statement], readings: Sequence[Reading]) -> list[str]:
    return sorted(readings[statements[i].report].document.published or "" for i in told)


def _numbers(claim: Claim, statements: Sequence[Statement]) -> str:
    """The number that most statements of a claim give, as it is written."""
    counted: Counter[str] = Counter()
    for index in claim.statements:
        for quantity in statements[index].quantities:
            low, high = quantity.low, quantity.high
            counted[f"{low:g}" if low == high and low is not None else _range(low, high)] += 1
    return counted.most_common(1)[0][0] if counted else "another number"


def _range(low: float | None, high: float | None) -> str:
    if low is None:
        return f"at most {high:g}" if high is not None else "some"
    return f"at least {low:g}" if high is None else f"{low:g} to {high:g}"
