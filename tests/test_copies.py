"""Copies are found by what two texts share, whatever stands between the words; what is only alike is not one."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from sayso.ledger import Ledger
from sayso.ledger.copies import NEAR, Copy, exact_copy, near_copy, signature
from tests.readings import quick
from tests.ready import read

WORDS = ["ferry", "council", "dam", "wool", "harbour", "engineer", "bridge", "guards", "families", "night", "storm"]


def report(seed: int, sentences: int = 40) -> list[str]:
    """Sentences of twelve words that no two seeds share."""
    rng = random.Random(seed)
    return [f"The {' '.join(rng.choices(WORDS, k=10))} number{n}." for n in range(sentences)]


def found(ledger: Ledger, text: str) -> Copy | None:
    with ledger.reads() as connection:
        return near_copy(connection, text, signature(text))


def test_near_copies(ledger: Ledger) -> None:
    said = report(1)
    original = ledger.keep(read(" ".join(said)))
    for seed in range(2, 30):
        ledger.keep(read(" ".join(report(seed))))

    recast = " ".join(said).upper().replace(".", "!").replace(" ", "\n ")
    assert found(ledger, recast) == Copy(original, False, 1.0, says_nothing_new=True)

    cut = found(ledger, " ".join(said[:36]))
    assert cut is not None
    assert (cut.of, cut.says_nothing_new) == (original, True)
    assert NEAR <= cut.alike < 1

    more = found(ledger, " ".join([*said, "The mayor said that nobody was hurt after all."]))
    assert more is not None
    assert (more.of, more.says_nothing_new) == (original, False)

    changed = found(ledger, " ".join(said).replace("number7.", "number8."))
    assert changed is not None
    assert (changed.of, changed.says_nothing_new) == (original, False)

    assert found(ledger, " ".join(said[:20] + report(99)[:20])) is None
    assert found(ledger, " ".join(report(77))) is None


def test_the_most_alike_is_the_one(ledger: Ledger) -> None:
    said = report(1)
    ledger.keep(read(" ".join(said[:36] + report(2)[:2])))
    nearer = ledger.keep(read(" ".join(said[:39])))
    copy = found(ledger, " ".join(said))
    assert copy is not None
    assert copy.of == nearer


def test_short_texts_are_alike_only_to_the_letter(ledger: Ledger) -> None:
    key = ledger.keep(read("The office declined to comment on the matter."))
    assert found(ledger, "The office declined to comment on the matter!") is None
    with ledger.reads() as connection:
        reading = read("The office declined to comment on the matter.")
        assert exact_copy(connection, reading.document.id) == Copy(key, True, 1.0, says_nothing_new=True)
        assert exact_copy(connection, "sha256:0") is None


def test_signatures_mean_the_same_for_ever() -> None:
    """They lie in ledgers: a change of these numbers is a migration."""
    assert signature(" ".join(report(1))).bands[:3] == [-6395137988681693637, 1377694547150743501, -7908145025555418323]


@quick
@given(st.text(max_size=60))
def test_any_text_has_a_signature(text: str) -> None:
    numbers = signature(text * 12).bands
    assert len(numbers) in (0, 20)
    assert all(-(2**63) <= number < 2**63 for number in numbers)
