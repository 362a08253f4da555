"""What can be checked, on the page: each dated, placed or counted statement with who vouches for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sayso.render.facts import Vouchers, how_many, when, where
from sayso.render.marks import Paragraphs, one_line
from sayso.render.page.at import at, paragraph
from sayso.render.page.cast import Cast
from sayso.render.page.markup import escape, excerpt
from sayso.render.page.report import underline
from sayso.render.wording import OWN_VOICE, checkable

if TYPE_CHECKING:
    from sayso.facts import Fact
    from sayso.reading import Reading


def checks(reading: Reading, paragraphs: Paragraphs, cast: Cast | None, prefix: str) -> str:
    """The facts of `reading` as a list, in text order; ids that are linked to begin with `prefix`. Empty if there are
    none."""
    found = reading.facts()
    if not found:
        return ""
    own = sum(fact.attribution is None for fact in found)
    items = "".join(_Facts(reading, paragraphs, cast, prefix).items(found))
    return f'<p class="note">{escape(checkable(len(found), own))}</p>\n<ol class="checks" role="list">\n{items}</ol>\n'


class _Facts:
    """Writes the facts of one reading."""

    def __init__(self, reading: Reading, paragraphs: Paragraphs, cast: Cast | None, prefix: str) -> None:
        self._reading, self._paragraphs, self._cast, self._prefix = reading, paragraphs, cast, prefix
        self._vouchers = Vouchers(reading)
        self._numbers = {attribution.id: number for number, attribution in enumerate(reading.attributions, 1)}

    def items(self, found: tuple[Fact, ...]) -> Iterator[str]:
        """One list item a fact."""
        for fact in found:
            number = self._paragraphs.number(fact.statement.start)
            words = escape(excerpt(one_line(self._paragraphs.words((fact.statement,), ""))))
            yield (
                f'<li{at((fact.statement,))}><p class="values">{"".join(self._values(fact))}</p>'
                f'<p class="what">{words}</p><p class="meta">{paragraph(number, self._prefix)} · '
                f"{self._vouched(fact)}</p></li>\n"
            )

    def _values(self, fact: Fact) -> Iterator[str]:
        """When, where, how many, each told apart by a word for those who do not see the sign."""
        for label, values in (
            ("when", when(fact.times, self._reading)),
            ("where", where(fact.places)),
            ("how many", how_many(fact.quantities, self._reading)),
        ):
            for value in dict.fromkeys(values):
                yield f'<span class="value"><span class="label">{label}</span> {escape(value)}</span> '

    def _vouched(self, fact: Fact) -> str:
        who = escape(self._vouchers.on_whose_word(fact))
        number = self._numbers.get(fact.attribution or "")
        if number is None:
            return f"<b>{OWN_VOICE}</b>"
        colour = f' class="source {underline(self._cast.of(number))}"' if self._cast else ""
        return f'<a{colour} href="#{self._prefix}t{number}">{who}</a>'
