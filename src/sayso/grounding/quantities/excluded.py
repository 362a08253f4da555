"""Whether a number is an amount at all."""

from __future__ import annotations

from sayso.grounding.quantities.amounts import Amount
from sayso.grounding.quantities.counted import Counted
from sayso.grounding.quantities.labels import is_code, is_label, is_place
from sayso.grounding.quantities.ones import is_pronoun
from sayso.grounding.quantities.scores import is_relation
from sayso.grounding.quantities.times import is_time
from sayso.grounding.quantities.tokens import Tokens


def is_no_amount(tokens: Tokens, found: Amount, what: Counted, labelled: int, before: Counted | None) -> bool:
    """Whether the number is a label, a time, an age, a score or a code, or a "one" that counts nothing.

    `labelled` is where the last number that was none ended, `before` what was counted last.
    """
    if is_code(tokens, found):
        return True
    if found.unit == "percent" or found.money:
        return False
    return (
        is_place(tokens, found)
        or is_label(tokens, found, what, labelled)
        or is_time(tokens, found, what)
        or (found.unit is None and is_relation(tokens, found, what))
        or is_pronoun(tokens, found, what, before)
    )
