"""Which stretches of a paragraph stand in quotation marks, whatever marks the house uses.

Double and single, curly, straight, low and angle marks are read. The hard part is the British single quote, whose
closing mark is also the apostrophe: in ‘It’s the soldiers’ fault,’ he said, only the last ’ closes. Words decide where
they can ('em, '90s, goin’ to); where they cannot, the marks that follow in the paragraph do.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import regex

from sayso.text import Offsets, paragraphs

_PAIRS = {
    "“": '”"',  # editors mix curly marks with straight ones
    "„": "”“",
    "«": "»",
    "‹": "›",
    "「": "」",
    "『": "』",
    "‘": "’",
    "‚": "’‘",
    '"': '"”',
    "'": "'",
    "``": "''",
    "''": "''",
    "”": "”",  # Swedish style, or a misprint: only where a paragraph begins with it
}
_MARK = regex.compile(r"``|''|[“”„«»‹›「」『』‘’‚\"']")
_ALWAYS_OPEN = frozenset("“„«‹「『") | {"``"}
_OPENS_BEFORE_BLANK = frozenset("„«")
_STRAIGHT = frozenset(('"', "''"))
_SINGLE = frozenset("‘‚'")
_APOSTROPHES = frozenset("'’")
_OPENERS_OF = {
    mark: tuple(o for o, closers in _PAIRS.items() if mark in (closers if len(mark) == 1 else (closers,)))
    for mark in ("”", "“", "»", "›", "」", "』", "’", "‘", '"', "'", "''")
}
_OPENS_AFTER = regex.compile(r"[\s(\[{<—–―\-/:;,.…“‘«\"'`]")

_INK = regex.compile(r"\S")

# Apostrophes that stand where an opening mark would. These words begin with one when other words go before them:
_ELISION = regex.compile(
    r"(?<=[\p{L}\p{N}][ \u00a0\-–—]) ['‘] (?: em | tis | twas | twere | twill | twould | \d0s | [nN]['’] )"
    r"  (?![\p{L}\p{N}])"
    r"| (?<=\s) ['‘’] n['’] (?=\s)"
    r"| (?<=\p{L}\.) ['‘] s (?!\p{L})"
    r"| (?<=\b(?:[Aa]l|[Ee]l|[Aa]sh?|[Aa][dnrtz])-) ['‘] (?=\p{L})",
    regex.VERBOSE,
)
# These may also be the first word of a quotation.
_PERHAPS_ELISION = regex.compile(
    r"['‘](?:em|tis|twas|twere|twill|twould|til|till|cause|cos|coz|bout|round|nother|nuff|fraid|im|ere|ello|\d\ds?)(?!\w)",
    regex.IGNORECASE,
)
# The apostrophe that ends a word: a possessive in -s, or what is left of -ing, and, of, old, the. A word goes on after
# it, or the sentence and the quotation end.
_FINAL_APOSTROPHE = regex.compile(r"(?<=[sxzSXZ]|\p{L}\p{L}in|\b(?:an|o|ol|th|mo|lil))['’](?:[ ]\p{L}|[.,!?…]['’])")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch, marks included. `closed` is false where it runs to the paragraph's end without its mark
    (a quotation that opens again in the next paragraph, or a misprint)."""

    start: int
    end: int
    closed: bool
    depth: int


def quotations(text: str, paragraph: Offsets | None = None) -> list[Quotation]:
    """The quotations of one paragraph (of every paragraph, where none is given), by start, outer before inner.

    `depth` is 0 for the outermost. Offsets are code points of `text`.
    """
    if paragraph is None:
        return [q for each in paragraphs(text) for q in quotations(text, each)]
    marks = _Marks(text, *paragraph)
    if not marks.all:
        return []
    closed: list[Offsets] = []
    stack = _Stack()
    for index, (start, end) in enumerate(marks.all):
        depth = _closed_by(marks, stack, index)
        if depth is not None:
            closed.append((stack.opened[depth].start, end))
            stack.close(depth)
        elif _opens(marks, stack, index):
            stack.open(text[start:end], start)
    # A single mark that never closes was an apostrophe, unless the quotation goes on in the next paragraph; a double
    # one that never closes runs on.
    unclosed = [
        (opened.start, paragraph[1])
        for opened in stack.opened
        if opened.mark not in _SINGLE or marks.goes_on(opened.mark, opened.start)
    ]
    return _nested(closed, unclosed)


def _nested(closed: list[Offsets], unclosed: list[Offsets]) -> list[Quotation]:
    """The quotations at these offsets, sorted, each with its depth."""
    found: list[Quotation] = []
    around: list[int] = []  # the ends of the quotations that the next one may lie in
    both = [(start, -end, True) for start, end in closed] + [(start, -end, False) for start, end in unclosed]
    for start, minus_end, is_closed in sorted(both):
        while around and around[-1] <= start:
            around.pop()
        found.append(Quotation(start, -minus_end, is_closed, len(around)))
        around.append(-minus_end)
    return found


class _Opened(NamedTuple):
    mark: str
    start: int


@dataclass(slots=True)
class _Stack:
    """The marks that are open, outermost first, and for each kind of mark the places where it stands in the stack."""

    opened: list[_Opened] = field(default_factory=list)
    places: dict[str, list[int]] = field(default_factory=lambda: {mark: [] for mark in _PAIRS})

    def open(self, mark: str, start: int) -> None:
        self.places[mark].append(len(self.opened))
        self.opened.append(_Opened(mark, start))

    def close(self, depth: int) -> None:
        """Forget the mark at `depth` and all that were opened inside it."""
        while len(self.opened) > depth:
            self.places[self.opened.pop().mark].pop()

    def innermost(self, mark: str) -> int | None:
        """The place of the innermost open mark that a closing `mark` could belong to."""
        return max((self.places[o][-1] for o in _OPENERS_OF.get(mark, ()) if self.places[o]), default=None)


class _Marks:
    """The marks of one paragraph, elisions left out, and what is to be known of those that come after each of them."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.all: list[Offsets] = [match.span() for match in _MARK.finditer(text, start, end)]
        self._closing: dict[str, tuple[int, list[bool]]] = {}
        self._taken_up: str | None = None
        if any(text[a] in "'‘" for a, _ in self.all):
            elided = {a for match in _ELISION.finditer(text, start, end) for a in range(*match.span())}
            self.all = [mark for mark in self.all if mark[0] not in elided]

    def may_close(self, opened: str, index: int) -> bool:
        """Whether the mark could close a single quotation that `opened` began: nothing but its place speaks for it."""
        start, end = self.all[index]
        if self.text[start:end] not in _PAIRS[opened] or self.text[start - 1].isspace():
            return False
        return end >= self.end or not self.text[end].isalnum()

    def any_may_close(self, opened: str, index: int) -> bool:
        """Whether any mark after this one could close it."""
        return index < self._after(opened)[0]

    def surely_closes_next(self, opened: str, index: int) -> bool:
        """Whether, after this mark, one that closes `opened` and is no apostrophe comes before one that opens anew."""
        return self._after(opened)[1][index]

    def goes_on(self, opened: str, start: int) -> bool:
        """Whether a quotation that begins this paragraph is taken up by the same mark at the next paragraph's start."""
        if start != self.start:
            return False
        if self._taken_up is None:
            following = _INK.search(self.text, self.end)
            self._taken_up = following.group() if following else ""
        return self._taken_up == opened

    def is_apostrophe(self, index: int) -> bool:
        """Whether the mark may be the apostrophe that ends a word."""
        return _FINAL_APOSTROPHE.match(self.text, self.all[index][0], self.end) is not None

    def _after(self, opened: str) -> tuple[int, list[bool]]:
        """The last mark that may close `opened`; for each mark, whether one after it surely does before one opens."""
        if opened not in self._closing:
            last, closes = -1, [False] * len(self.all)
            next_closes = False
            for index in range(len(self.all) - 1, -1, -1):
                closes[index] = next_closes
                start, end = self.all[index]
                if self.text[start:end] == opened and (opened == "‘" or self.text[start - 1].isspace()):
                    next_closes = False
                elif self.may_close(opened, index):
                    last = max(last, index)
                    next_closes = next_closes or not self.is_apostrophe(index)
            self._closing[opened] = last, closes
        return self._closing[opened]


def _opens(marks: _Marks, stack: _Stack, index: int) -> bool:
    text = marks.text
    start, end = marks.all[index]
    mark = text[start:end]
    if mark not in _PAIRS or end >= marks.end:
        return False
    if text[end].isspace() and mark not in _OPENS_BEFORE_BLANK:
        return False
    if mark in _ALWAYS_OPEN:
        return True
    free = start == marks.start or _OPENS_AFTER.match(text, start - 1) is not None
    if mark == "”":
        return start == marks.start
    if mark in _STRAIGHT:
        return free or (mark == '"' and not stack.places[mark])
    if not free or stack.places[mark]:
        return False
    if _PERHAPS_ELISION.match(text, start, marks.end):
        return marks.surely_closes_next(mark, index)
    return marks.any_may_close(mark, index) or marks.goes_on(mark, start)


def _closed_by(marks: _Marks, stack: _Stack, index: int) -> int | None:
    """The place in the stack of the opening mark that this mark closes, or None."""
    text = marks.text
    start, end = marks.all[index]
    mark = text[start:end]
    depth = stack.innermost(mark)
    if depth is None:
        return None
    opened = stack.opened[depth]
    if mark in _STRAIGHT:
        reopens = text[start - 1].isspace() and end < marks.end and not text[end].isspace()
        return None if reopens else depth
    if mark not in _APOSTROPHES:
        return depth
    if not marks.may_close(opened.mark, index):
        return None
    if marks.is_apostrophe(index) and (
        marks.surely_closes_next(opened.mark, index) or marks.goes_on(opened.mark, opened.start)
    ):
        return None
    return depth
