"""Direct, mixed or indirect: the content of each example stands in ⟦brackets⟧."""

from __future__ import annotations

import pytest

from sayso.kind import Quoted
from sayso.quotes import quotations
from sayso.types import Span


@pytest.mark.parametrize(
    ("example", "kind"),
    [
        ("⟦“We are leaving,”⟧ she said.", "direct"),
        ("“⟦We are leaving,⟧” she said.", "direct"),
        ("⟦“We are leaving,⟧” she said.", "direct"),
        ("⟦‘It’s the soldiers’ fault,’⟧ he said.", "direct"),
        ("⟦“We are leaving,”⟧ she said, ⟦“at once.”⟧", "direct"),
        ("She said ⟦— “We are leaving.”⟧", "direct"),
        ("⟦“We had no warning.\n\n“None at all,”⟧ he said.", "direct"),
        ("⟦“One.” “Two.”⟧ he said.", "direct"),
        ("'Tis said: ⟦“No.”⟧", "direct"),
        ("She said ⟦they were leaving⟧.", "indirect"),
        ("“Leave,” he said, adding that ⟦they would follow⟧.", "indirect"),
        ("⟦It’s the soldiers’ fault⟧, he said.", "indirect"),
        ("She called it ⟦a “total” failure⟧.", "mixed"),
        ("She said ⟦that “we are leaving”⟧.", "mixed"),
        ("⟦“We are leaving,” they all⟧ said.", "mixed"),
        ("⟦“We are leaving,”⟧ she said, adding that ⟦they would follow⟧.", "mixed"),
        ("She said ⟦…⟧", "indirect"),
        ("She said ⟦“…”⟧", "direct"),
    ],
)
def test_kind(example: str, kind: str) -> None:
    text, spans, start = "", [], 0
    for character in example:
        if character == "⟦":
            start = len(text)
        elif character == "⟧":
            spans.append(Span(start, len(text)))
        else:
            text += character
    assert Quoted(text, quotations(text)).kind(tuple(spans)) == kind
