"""Nexis Uni and Lexis Advance (DOCX, RTF, PDF): reports that end with "End of Document", their text under "Body".

The layout was learnt from public descriptions and readers of it: tm.plugin.lexisnexis (LexisNexisAdvanceSource), the R
package newspapers, nexis-uni-parser, several Python scripts. None of their code is here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.intake.exports.article import Article, author, date, is_about_rights, joined, length

NAME = "Nexis Uni"

_END = re.compile(r"^end of document$", re.IGNORECASE)
_BODY = re.compile(r"^body$", re.IGNORECASE)
_FIELD = re.compile(
    r"^(Section|Length|Byline|Dateline|Highlight|Load-Date|Language|Edition|Series|Source|Graphic|Correction|URL): *"
    r"(.*)$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"^(?:classification|graphic|notes|load-date:.*)$", re.IGNORECASE)
_LINK = re.compile(r"^link to (?:image|original|pdf|the original .{0,40})$", re.IGNORECASE)
_FRONT = re.compile(
    r"^(?:\d{1,5}\. |client/matter:|search terms?:|search type:|narrowed by:|content type\b|job number:)", re.I
)
_HEAD_LINES = 4


def is_one(lines: Sequence[str]) -> bool:
    """Whether lines are such an export: a document ends, and one has a body."""
    return any(_END.match(line.strip()) for line in lines) and any(_BODY.match(line.strip()) for line in lines)


def articles(lines: Sequence[str]) -> Iterator[Article]:
    """The reports; the front page, with what was searched for and the list of headlines, is passed over."""
    begin = 0
    for index, line in enumerate(lines):
        if _END.match(line.strip()):
            yield _article([part.strip() for part in lines[begin:index]], is_first=begin == 0)
            begin = index + 1


def _article(lines: Sequence[str], is_first: bool) -> Article:
    body = next((i for i, line in enumerate(lines) if _BODY.match(line)), None)
    if body is None:
        return Article("", title=next((line for line in lines if line), None) if not is_first else None)
    head = [line for line in lines[:body] if line]
    dated = next((i for i in range(len(head) - 1, -1, -1) if not _FIELD.match(head[i]) and date(head[i])), None)
    fields = {found[1].lower(): found[2] for line in head[dated or 0 :] if (found := _FIELD.match(line))}
    text = list(lines[body + 1 :])
    end = next((i for i, line in enumerate(text) if _AFTER.match(line)), len(text))
    fields |= {found[1].lower(): found[2] for line in text[end:] if (found := _FIELD.match(line))}
    title, outlet = _named(head[:dated], is_first)
    return Article(
        text=joined(
            [line for line in text[:end] if line != title and not _LINK.match(line) and not is_about_rights(line)]
        ),
        title=title,
        outlet=outlet,
        author=author(fields.get("byline")),
        published=(date(head[dated]) if dated is not None else None) or date(fields.get("load-date", "")),
        url=fields.get("url"),
        length=length(fields.get("length", "")),
    )


def _named(head: Sequence[str], is_first: bool) -> tuple[str | None, str | None]:
    """Headline and outlet: the lines before the date. Before those of the first report stands the front page, so that
    of it only the last line can be trusted to be the headline."""
    lines = [line for line in head[-_HEAD_LINES:] if not _LINK.match(line)]
    if not lines:
        return None, None
    titles = lines[-2:-1] if is_first else [line for line in lines[:-1] if not _FRONT.match(line)]
    unique = list(dict.fromkeys(titles))  # a headline is printed again at the head of each page
    return " ".join(unique) or None, lines[-1]
