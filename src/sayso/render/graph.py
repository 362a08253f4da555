"""Who has it from whom, as lines of text: those who have it from nobody first, under each who has it from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

NOT_NAMED = "not named"
NOT_SURE = "not sure"
ABOVE = "see above"


class Step(Protocol):
    """That `taker` has it from `giver`; it is not `sure` where two who are not named may be one."""

    @property
    def taker(self) -> str: ...
    @property
    def giver(self) -> str: ...
    @property
    def sure(self) -> bool: ...


def tree(steps: Sequence[Step], roots: Sequence[str], unnamed: Collection[str] = ()) -> Iterator[str]:
    """The lines. Who takes it from several stands under each of them, and what hangs on him only under the first."""
    takers: defaultdict[str, list[Step]] = defaultdict(list)
    for step in steps:
        takers[step.giver].append(step)
    shown: set[str] = set()
    reached = {step.taker for step in steps}
    others = [name for name in takers if name not in roots and name not in reached]
    for root in [*roots, *others]:
        yield f"  {root} ({NOT_NAMED})" if root in unnamed else f"  {root}"
        yield from _below(root, takers, shown, "  ")


def _below(giver: str, takers: dict[str, list[Step]], shown: set[str], margin: str) -> Iterator[str]:
    shown.add(giver)
    found = sorted(takers.get(giver, ()), key=lambda step: step.taker)
    for number, step in enumerate(found, 1):
        last = number == len(found)
        again = step.taker in shown and bool(takers.get(step.taker))
        notes = [note for note, holds in ((NOT_SURE, not step.sure), (ABOVE, again)) if holds]
        noted = f" ({', '.join(notes)})" if notes else ""
        yield f"{margin}{'└' if last else '├'}─ {step.taker}{noted}"
        if not again:
            yield from _below(step.taker, takers, shown, margin + ("   " if last else "│  "))
