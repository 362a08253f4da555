"""What the text says of a speaker whom it does not name."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from sayso.types import Span, Withheld
from sayso.voices.marks import WORD, Marks
from sayso.voices.speakers import Scene, Speaker

_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "",
            "a an one another",
            "two both",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        )
    )
    for word in words.split()
}
_WHY = regex.compile(
    r"(?:(?:speaking|spoke|talking|talked|said|asked|granted|given)\s+)?(?:only\s+)?(?:up)?on\s+(?:the\s+)?(?:strict\s+)?condition"
    r"(?:s)?\s+of\s+anonymity(?:\s+(?:because|to|as|for|since)\b[^.,;:”\"]{3,120})?"
    r"|(?:who|which)?\s*(?:asked|requested|wished|wanted|preferred|declined|refused|insisted)\s+(?:on\s+)?(?:not\s+)?(?:to\s+)?"
    r"(?:be|being|remain|stay|anonymity|to\s+be)\b\s*(?:named|identified|quoted(?:\s+by\s+name)?|anonymous)?"
    r"(?:\s+(?:because|as|for|since)\b[^.,;:”\"]{3,120})?"
    r"|(?:who\s+)?(?:was|were|is|are)\s+not\s+authori[sz]ed\s+to\s+[^.,;:”\"]{3,80}"
    r"|(?:who|whose)\s+(?:can|could|would|did|may)\s*not\s+be\s+(?:named|identified)[^.,;:”\"]{0,80}"
    r"|anonymously|unnamed|unidentified|anonymous",
    regex.IGNORECASE,
)


def withheld(marks: Marks, scene: Scene, speaker: Speaker, places: Sequence[int]) -> Withheld:
    """How many an unnamed speaker are, what they belong to, and why they are not named: the reason is looked for in the
    sentences of `places`, where the speaker's attributions stand."""
    text = marks.text
    described = speaker.described or (speaker.places[0] if speaker.places else Span(0, 0))
    first = WORD.search(text, *described)
    word = first.group().lower() if first else ""
    number = int(word) if word.isdigit() and len(word) < 7 else _NUMBERS.get(word, None if speaker.plural else 1)
    names = [n for n in marks.names_in(*described) if n.kind != "person"]
    affiliation = Span(names[0].start, names[0].end) if names else None
    why = next((found for place in places if (found := _why(text, scene, place))), None)
    return Withheld(number, affiliation, why)


def _why(text: str, scene: Scene, place: int) -> Span | None:
    found = _WHY.search(text, scene.sentence_start(place), scene.sentence_end(place + 1))
    if found is None:
        return None
    start, end = found.span()
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return Span(start, end)
