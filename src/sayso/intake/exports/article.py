"""One report of a database's export, and the lines that all of them have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sayso.intake.dates import iso


@dataclass(frozen=True, slots=True)
class Article:
    """A report and what the export says of it; `length` is the number of words that it says the report has, `number`
    the one it has in the export, if it has one."""

    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    length: int | None = None
    number: int | None = None


_RIGHTS = re.compile(
    r"^\W{0,3}(?:copyright\b|©|\(c\))|\ball rights reserved\b|\balle rechte vorbehalten\b", re.IGNORECASE
)
_PAGE = re.compile(r"^page ?\d+ ?of ?\d+(?: ?© ?\d{4} ?factiva, ?inc\.? ?all ?rights ?reserved\.?)?$", re.IGNORECASE)
_LENGTH = re.compile(r"^(\d{1,3}(?:[,.]\d{3})+|\d{1,7})\b")
_BY = re.compile(r"^by:? +", re.IGNORECASE)
_LONGEST_RIGHTS = 300


def is_about_rights(line: str) -> bool:
    """Whether a line is the notice of a copyright."""
    return len(line) <= _LONGEST_RIGHTS and _RIGHTS.search(line.strip()) is not None


def without_pages(lines: Iterable[str]) -> list[str]:
    """The lines without those at the head of a printed page ("Page 3 of 10"), and without blanks at their ends."""
    clean = (line.replace("\xa0", " ").rstrip() for line in lines)
    return [line for line in clean if not _PAGE.match(line.strip())]


def joined(lines: Sequence[str]) -> str:
    """The text of some lines, without the empty ones before and after it."""
    return "\n".join(lines).strip("\n")


def in_one_line(lines: Iterable[str]) -> str | None:
    """A headline or a name that runs over several lines."""
    return " ".join(" ".join(lines).split()) or None


def author(line: str | None) -> str | None:
    """The names in a byline, without its "By"."""
    return _BY.sub("", line.strip()).strip() or None if line else None


def length(words: str) -> int | None:
    """How many words "1,204 words" is."""
    found = _LENGTH.match(words.strip())
    return int(re.sub(r"[,.]", "", found[1])) if found else None


def date(line: str) -> str | None:
    """The date that a whole line is, with the day of the week and the edition that may follow; None for a sentence."""
    line = line.strip()
    return iso(line) if len(line) <= 60 else None
