"""The report on the page: its text as it is, every span marked where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.render.marks import ROLES, Mark, Paragraphs, Role, Segment
from sayso.render.page.cast import Cast, Speaker
from sayso.render.page.markup import escape


class Report:
    """Writes the paragraphs of one text, in order. Where an attribution is first met, a number links to its entry in
    the list; ids begin with `prefix`, and colours are those of `cast`, if the voices are known."""

    def __init__(self, paragraphs: Paragraphs, cast: Cast | None, prefix: str) -> None:
        self._paragraphs = paragraphs
        self._cast = cast
        self._prefix = prefix
        self._placed: set[int] = set()

    def paragraph(self, number: int, segments: Sequence[Segment]) -> str:
        """The text of one paragraph, its segments marked."""
        words = "".join(map(self._segment, segments))
        start = self._paragraphs.offsets[number - 1][0]
        turned = direction(self._paragraphs, number)
        return f'<p id="{self._prefix}p{number}" data-start="{start}"{turned}>{words}</p>\n'

    def _segment(self, segment: Segment) -> str:
        words = escape(self._paragraphs.text[segment.start : segment.end])
        if not segment.marks and not segment.unsourced:
            return words
        numbers = {role: [mark.number for mark in segment.marks if mark.role == role] for role in ROLES}
        data = "".join(f' data-{role}="{" ".join(map(str, there))}"' for role, there in numbers.items() if there)
        classes = [*_classes(numbers, segment.unsourced), *self._colours(numbers)]
        return f'<span class="{" ".join(classes)}"{data}>{self._new_places(segment.marks)}{words}</span>'

    def _colours(self, numbers: dict[Role, list[int]]) -> Iterator[str]:
        """The classes for the voices at one place: of the innermost content, of the one around it, of the source."""
        if not self._cast:
            return
        innermost_first = [self._cast.of(number) for number in reversed(numbers["content"])]
        for speaker in innermost_first[:1]:
            yield ground(speaker)
        for speaker in innermost_first[1:2]:
            yield f"o{speaker.colour}"
        for number in numbers["source"][-1:]:
            yield underline(self._cast.of(number))

    def _new_places(self, marks: tuple[Mark, ...]) -> str:
        """For each attribution met for the first time, the number its entry links to: not in the text, so that the
        paragraphs stay what the report says."""
        numbers = dict.fromkeys(mark.number for mark in marks if mark.number not in self._placed)
        self._placed.update(numbers)
        return "".join(
            f'<a class="place" id="{self._prefix}t{n}" href="#{self._prefix}a{n}" data-n="{n}" '
            f'aria-label="Attribution {n}"></a>'
            for n in numbers
        )


def ground(speaker: Speaker) -> str:
    """The classes that give a content the colour of its voice."""
    return f"g{speaker.colour} hatched" if speaker.unnamed else f"g{speaker.colour}"


def underline(speaker: Speaker) -> str:
    """The classes that give a source the colour of its voice."""
    return f"s{speaker.colour} dashed" if speaker.unnamed else f"s{speaker.colour}"


def direction(paragraphs: Paragraphs, number: int) -> str:
    """The attribute that sets words of this paragraph from right to left, where its first letter asks for it."""
    return ' dir="rtl"' if paragraphs.right_to_left(number) else ""


def _classes(numbers: dict[Role, list[int]], unsourced: bool) -> Iterator[str]:
    """The classes for what the words at one place are."""
    yield from (role for role in ROLES if numbers[role])
    if len(numbers["content"]) > 1:
        yield "nested"
    if unsourced:
        yield "unsourced"
