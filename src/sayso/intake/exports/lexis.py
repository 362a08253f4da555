"""LexisNexis and Nexis UK as text: reports under "3 of 120 DOCUMENTS", fields in capitals ("LENGTH: 512 words").

The layout was learnt from public descriptions and readers of it: LexisNexisTools (lnt_read) and its invented sample,
tm.plugin.lexisnexis, AmCAT's scraper, several Python scripts. None of their code is here.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from sayso.intake.exports.article import Article, author, date, in_one_line, is_about_rights, joined, length

NAME = "LexisNexis"

_BEGINS = re.compile(
    r"^\s*(?:FOCUS - )?"
    r"(?:(\d{1,6}) of \d{1,6} DOCUMENTS?|Dokument (\d{1,6}) von \d{1,6}|Document (\d{1,6}) de \d{1,6})\s*$"
)
_FIELD = re.compile(r"^([A-Z][A-Z-]{2,24}(?: [A-Z]{2,12})?): ?(.*)$")
_HEADS = frozenset({
    "BYLINE", "SECTION", "LENGTH", "HEADLINE", "DATELINE", "HIGHLIGHT", "SOURCE", "SERIES", "EDITION", "COLUMN", "URL",
    "BODY", "TYPE",
})  # fmt: skip
_TAILS = frozenset({
    "LOAD-DATE", "LANGUAGE", "GRAPHIC", "PUBLICATION-TYPE", "JOURNAL-CODE", "SUBJECT", "CORRECTION", "CORRECTION-DATE",
    "NOTES", "ORGANIZATION", "COMPANY", "TICKER", "INDUSTRY", "PERSON", "CITY", "STATE", "COUNTRY", "GEOGRAPHIC", "URL",
    "CATEGORY", "ACC-NO", "TYPE", "DISTRIBUTION", "DOCUMENT-TYPE", "UPDATE", "PUB-TYPE", "DOC-TYPE",
})  # fmt: skip
_EDITION = re.compile(r"^\s*.{0,40}\bedition\b.{0,40}$", re.IGNORECASE)
_HEAD_BLOCKS = 12
_GRAPHICS = 6


def is_one(lines: Sequence[str]) -> bool:
    """Whether lines are such an export: a report begins, and it has fields."""
    begins = any(_BEGINS.match(line) for line in lines)
    return begins and any(
        (field := _FIELD.match(line)) and field[1] in ("LENGTH", "LOAD-DATE", "LANGUAGE") for line in lines
    )


def articles(lines: Sequence[str]) -> Iterator[Article]:
    """The reports; what stands before the first, on what was asked for and by whom, is passed over."""
    begins = [(index, found) for index, line in enumerate(lines) if (found := _BEGINS.match(line))]
    ends = [index for index, _ in begins[1:]] + [len(lines)]
    for (begin, found), end in zip(begins, ends, strict=True):
        yield _article(lines[begin + 1 : end], int(next(filter(None, found.groups()))))


def _article(lines: Sequence[str], number: int) -> Article:
    blocks = [list(group) for is_full, group in itertools.groupby(lines, lambda line: bool(line.strip())) if is_full]
    first, last = _head(blocks)
    end = _end(blocks, last)
    fields = dict(_field(block) for block in (*blocks[end:], *blocks[first:last]) if _name(block))
    body: list[Sequence[str]] = list(blocks[last:end])
    if fields.get("BODY"):  # the text begins in the line of its name
        body = [blocks[last - 1][1:] or [fields["BODY"]], *body]
    outlet, published, title = _unnamed(blocks[:first])
    return Article(
        text="\n\n".join(map(joined, body)),
        title=fields.get("HEADLINE") or title,
        outlet=outlet,
        author=author(fields.get("BYLINE")),
        published=published or date(fields.get("LOAD-DATE", "")),
        url=fields.get("URL"),
        length=length(fields.get("LENGTH", "")),
        number=number,
    )


def _head(blocks: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Where the fields before the text begin and end; before them stand outlet, date and headline without a name."""
    first = next((i for i, block in enumerate(blocks[:_HEAD_BLOCKS]) if _name(block) in _HEADS), None)
    if first is None:
        return (min(3, len(blocks)),) * 2
    # A field that goes on in a paragraph of its own has no name there; the length is always among the last.
    counted = range(first, min(first + _HEAD_BLOCKS, len(blocks)))
    last = next((i for i in counted if _name(blocks[i]) == "LENGTH"), first)
    while last < len(blocks) and _name(blocks[last]) in _HEADS:
        last += 1
        if _name(blocks[last - 1]) == "BODY":
            break
    return first, last


def _end(blocks: Sequence[Sequence[str]], start: int) -> int:
    """Where the text ends: behind it stand fields, the notice of the copyright, and what is seen in pictures."""
    end = len(blocks)
    while end > start and (_name(blocks[end - 1]) in _TAILS or all(map(is_about_rights, blocks[end - 1][:1]))):
        end -= 1
    pictures = range(max(start, end - _GRAPHICS), end)
    return next((i for i in pictures if _name(blocks[i]) in ("GRAPHIC", "GRAFIK")), end)


def _unnamed(blocks: Sequence[Sequence[str]]) -> tuple[str | None, str | None, str | None]:
    """Outlet, date and headline, which have no field's name but an order."""
    blocks = [block for block in blocks if not is_about_rights(block[0])]
    for index, block in enumerate(blocks):
        if published := next(filter(None, map(date, block)), None):
            outlet = blocks[0] if index else []
            return in_one_line(outlet), published, in_one_line(_without_edition(blocks[index + 1 :]))
    first, second = (*blocks, [], [])[:2]
    return in_one_line(first), None, in_one_line(second)


def _without_edition(blocks: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a headline; the edition before it may go on in a paragraph of its own."""
    goes_on = False
    for block in blocks:
        if not goes_on and not _EDITION.search(block[0]):
            yield from block
        goes_on = block[-1].endswith(";")


def _name(block: Sequence[str]) -> str:
    """The name of the field that a block is, or nothing."""
    found = _FIELD.match(block[0].strip())
    return found[1] if found else ""


def _field(block: Sequence[str]) -> tuple[str, str]:
    found = _FIELD.match(block[0].strip())
    rest = found[2] if found else ""
    return _name(block), " ".join(" ".join((rest, *block[1:])).split())
