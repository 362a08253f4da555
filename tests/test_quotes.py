"""What stands in quotation marks, in every house style: each example shows its quotations in ⟦double brackets⟧."""

from __future__ import annotations

import pytest
from hypothesis import given

from sayso.quotes import Quotation, quotations
from sayso.text import paragraphs
from tests.texts import texts

DOUBLE = [
    "⟦“We are leaving,”⟧ she said.",
    '⟦"We are leaving,"⟧ she said. ⟦"At once."⟧',
    "⟦“He told me ⟦‘never’⟧ and left,”⟧ she said.",
    "⟦\"He told me ⟦'never'⟧ and left,\"⟧ she said.",
    "⟦``We are leaving,''⟧ she said.",
    "⟦„Wir gehen“⟧, sagte sie.",
    "⟦„Odchodzimy”⟧, powiedziała.",
    "⟦«Nous partons»⟧, dit-elle.",
    "⟦« Nous partons »⟧, dit-elle.",
    "⟦‹Wir gehen›⟧, sagte sie.",
    "⟦「我们走」⟧她说。",
    "He called it ⟦“a win.”⟧⟦“Twice.”⟧",
    'The so-called ⟦"wall"⟧-builders',
    'SMITH: ⟦"No."⟧ JONES: ⟦"Yes."⟧',
    'He is 6\'2" tall and said ⟦"no"⟧ twice.',
    "The dogs’ owners’ club met. It’s ours.",
    "The dogs' owners' club met. It's ours.",
    "No marks at all.",
    "⟦”We are leaving,”⟧ she said.",
    "Closing only,” he said.",
    "⟦''We are leaving,''⟧ she said. ⟦''At once. It isn't safe.''⟧",
    '⟦“We are leaving,"⟧ she said. ⟦"At once.”⟧',
    '⟦“He told me ⟦"never"⟧ and left,”⟧ she said.',
    "A ⟦''safe''⟧ and ⟦''clean''⟧ river.",
]

SINGLE = [
    "⟦‘It’s ours,’⟧ he said.",
    "⟦‘It’s the soldiers’ fault,’⟧ he said.",
    "⟦'It's the soldiers' fault,'⟧ he said.",
    "⟦‘The workers’ wages and the miners’ pensions are safe,’⟧ he said.",
    "⟦‘We are the champions’⟧ said the singer. ⟦‘We won.’⟧",
    "He called them ⟦‘traitors’⟧ and cut the ministers’ salaries.",
    "He called them ⟦'traitors'⟧ and cut the ministers' salaries.",
    "⟦‘He said ⟦“no”⟧ to me,’⟧ she said.",
    "⟦'He said ⟦\"no\"⟧ to me,'⟧ she said.",
    "The ⟦‘people’s budget’⟧, as he calls it, is late.",
    "A ⟦‘safe’⟧, ⟦‘clean’⟧ and ⟦‘cheap’⟧ river",
    "⟦‘James’s boat’s sunk,’⟧ he said. ⟦‘It’s the owners’.’⟧",
    "⟦‘Fish ’n’ chips’⟧ was all he said.",
    "⟦‘Go,’⟧ he said; ⟦‘and don’t come back.’⟧",
    "The (⟦‘temporary’⟧) bridge",
    "The non-⟦‘essential’⟧ staff",
    "O’Brien and D’Souza met at the Hawai’i office.",
    "Sa'doun of Sana'a met 'Abadi of the Qur'an school.",
    "Haider al-'Abadi met the ministers' wives.",
]

ELISIONS = [
    "In the ’90s they were rich.",
    "In the '90s they were the owners' friends.",
    "In the '90s he said ⟦'no'⟧ twice.",
    "In the ‘90s he said ⟦‘no’⟧ twice.",
    "⟦'It was the '90s,'⟧ he said.",
    "⟦‘It was the ’90s,’⟧ he said.",
    "Back in '08 he asked the soldiers' families to wait.",
    "The class of '08 met. ⟦'We came,'⟧ one said.",
    "He told 'em to go. ⟦'Now,'⟧ he said.",
    "He told ‘em to go. ⟦‘Now,’⟧ he said.",
    "⟦'I told 'em to go,'⟧ he said.",
    "⟦‘I told ’em to go,’⟧ he said.",
    "'Tis the season, the dogs' owners say.",
    "⟦'Tis the season,'⟧ he said.",
    "⟦‘’Tis the season,’⟧ he said.",
    "They played rock 'n' roll, he said. ⟦'Loudly.'⟧",
    "⟦'They played rock 'n' roll,'⟧ he said.",
    "Wait 'til dawn, he said. ⟦'Then go.'⟧",
    "⟦‘We’re goin’ to win,’⟧ he said.",
    "⟦'We're goin' to win,'⟧ he said.",
    "There was ⟦'cause for concern'⟧, the report said.",
    "The U.S.'s allies said ⟦'no'⟧.",
    "⟦'90 people died,'⟧ he said.",
]


def _marked(example: str) -> tuple[str, set[tuple[int, int]]]:
    """The text without its brackets, and the spans they mark."""
    text = ""
    opened: list[int] = []
    spans: set[tuple[int, int]] = set()
    for character in example:
        if character == "⟦":
            opened.append(len(text))
        elif character == "⟧":
            spans.add((opened.pop(), len(text)))
        else:
            text += character
    return text, spans


@pytest.mark.parametrize("example", DOUBLE + SINGLE + ELISIONS)
def test_examples(example: str) -> None:
    text, expected = _marked(example)
    found = quotations(text)
    assert {(q.start, q.end) for q in found} == expected
    assert all(q.closed for q in found)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("⟦“We had no warning.⟧", "⟦“None at all,”⟧ he said."),
        ('⟦"We had no warning.⟧', '⟦"None at all,"⟧ he said.'),
        ("⟦‘It’s the soldiers’ fault that we had no warning.⟧", "⟦‘None at all,’⟧ he said."),
        ("⟦'It's the soldiers' fault that we had no warning.⟧", "⟦'None at all,'⟧ he said."),
        ("⟦«Nous n’avons rien su.⟧", "⟦«Rien du tout»⟧, dit-il."),
    ],
)
def test_a_quotation_goes_on_over_paragraphs(first: str, second: str) -> None:
    text, expected = _marked(f"{first}\n\n{second}")
    found = quotations(text)
    assert [(q.start, q.end) for q in found] == sorted(expected)
    assert [q.closed for q in found] == [False, True]


def test_depth_counts_the_quotations_around() -> None:
    text, _ = _marked("“A ‘b “c” d’ e,” he said. ’Twas “f”, 'tis said.")
    assert [(text[q.start : q.end], q.depth) for q in quotations(text)] == [
        ("“A ‘b “c” d’ e,”", 0),
        ("‘b “c” d’", 1),
        ("“c”", 2),
        ("“f”", 0),
    ]


def test_only_the_paragraph_asked_for() -> None:
    text = "“One.”\n“Two.”"
    assert quotations(text, (7, 13)) == [Quotation(7, 13, True, 0)]


@given(text=texts)
def test_quotations_nest_and_stay_in_their_paragraph(text: str) -> None:
    around: list[Quotation] = []
    bounds = paragraphs(text)
    for quotation in quotations(text):
        assert any(start <= quotation.start < quotation.end <= end for start, end in bounds)
        while around and around[-1].end <= quotation.start:
            around.pop()
        assert all(quotation.end <= outer.end and quotation.start > outer.start for outer in around)
        assert quotation.depth == len(around)
        around.append(quotation)
