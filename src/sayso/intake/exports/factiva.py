"""Factiva (RTF, DOCX, text, PDF): reports that end with "Document" and a number, with or without fields' codes.

The layouts were learnt from public descriptions and readers of it: tm.plugin.factiva, the R package newspapers,
factiva_parser, Factiva-RTF-output-to-XML. None of their code is here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sayso.intake.exports.article import Article, author, date, in_one_line, is_about_rights, joined, length

NAME = "Factiva"

_ENDS = re.compile(r"^(?:AN\s+)?Document\s+[A-Za-z0-9]{16,40}$")
_CODES = (
    "SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "PG", "ED", "VOL", "LA", "CY", "LP", "TD", "ART", "CX", "CO",
    "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN", "CLM", "RF", "CT", "NGC", "DLN", "RIC",
)  # fmt: skip
# A code is followed by a tab or some blanks, or stands alone: "IN the harbour" is a sentence.
_CODE = re.compile(rf"^({'|'.join(_CODES)})(?:\t\s*|\s{{2,}}|\s*$)(.*)$")
_WORDS = re.compile(r"^\d[\d,.]*\s+words?$", re.IGNORECASE)
_TIME = re.compile(r"^\d{1,2}:\d\d(?: ?[ap]m)?(?: [A-Z]{2,4})?$", re.IGNORECASE)
_BY = re.compile(r"^by\b", re.IGNORECASE)
_NAME = re.compile(r"^[A-Z][\w.'’-]*(?:,? (?:and |de |von |van |al-)?[A-Z][\w.'’-]*){1,7}$")
_LANGUAGE = re.compile(
    r"^(?:English|French|German|Spanish|Italian|Portuguese|Dutch|Russian|Chinese|Japanese|Arabic)\b.{0,30}$"
)
_SECTION = re.compile(r"^[A-Z][\w&/.,-]*(?: [\w&/.,-]+){0,2}$")
_LONGEST_SECTION = 40
_HEAD = 14


def is_one(lines: Sequence[str]) -> bool:
    """Whether lines are such an export: a report ends with its number, and one says how many words it has."""
    ends = any(_ENDS.match(line.strip()) for line in lines)
    return ends and any(_WORDS.match(line.strip()) or (line.startswith("WC") and _CODE.match(line)) for line in lines)


def articles(lines: Sequence[str]) -> Iterator[Article]:
    """The reports; what stands behind the last one, on what was searched for, is passed over."""
    begin = 0
    for index, line in enumerate(lines):
        if _ENDS.match(line.strip()):
            yield _article(lines[begin:index])
            begin = index + 1


def _article(lines: Sequence[str]) -> Article:
    coded = _coded(lines)
    return _with_codes(coded) if {"HD", "WC"} & coded.keys() else _without_codes([line.strip() for line in lines])


def _coded(lines: Sequence[str]) -> dict[str, list[str]]:
    """The lines by the codes that they stand under. Codes come in their order, so one that goes back is a word."""
    found: dict[str, list[str]] = {}
    now = -1
    for line in lines:
        code = _CODE.match(line.replace("\xa0", " "))
        if code and _CODES.index(code[1]) > now:
            now = _CODES.index(code[1])
            found[code[1]] = [code[2]]
        elif now >= 0:
            found[_CODES[now]].append(line.strip())
    return found


def _with_codes(coded: dict[str, list[str]]) -> Article:
    lead, rest = (joined(coded.get(code, [])) for code in ("LP", "TD"))
    return Article(
        text="\n\n".join(part for part in (lead, rest) if part),
        title=in_one_line(coded.get("HD", [])),
        outlet=in_one_line(coded.get("SN", [])),
        author=author(in_one_line(coded.get("BY", []))),
        published=date(in_one_line(coded.get("PD", [])) or ""),
        length=length(in_one_line(coded.get("WC", [])) or ""),
    )


def _without_codes(lines: Sequence[str]) -> Article:
    counted = next((i for i, line in enumerate(lines) if _WORDS.match(line)), None)
    if counted is None:
        return Article(joined(lines))
    title, byline = _named([line for line in lines[:counted] if line])
    head = [i for i in range(counted + 1, len(lines)) if lines[i]][:_HEAD]
    dated = next((i for i in head if date(lines[i])), None)
    after = [i for i in head if dated is not None and i > dated and not _TIME.match(lines[i])]
    begin = _text_begins(lines, head, after)
    return Article(
        text=joined(lines[begin:]),
        title=title,
        outlet=lines[after[0]] if after and after[0] < begin else None,
        author=author(byline),
        published=date(lines[dated]) if dated is not None else None,
        length=length(lines[counted]),
    )


def _text_begins(lines: Sequence[str], head: Sequence[int], after: Sequence[int]) -> int:
    """Behind the notice of the copyright; where there is none, behind the language, the outlet and its code."""
    rights = [i for i in head if is_about_rights(lines[i])]
    if rights:
        return rights[-1] + 1 if rights[-1] - rights[0] <= 2 else rights[0] + 1
    language = next((i for i in after if _LANGUAGE.match(lines[i])), None)
    if language is not None:
        return language + 1
    return after[1] + 1 if len(after) > 1 else (head[0] if head else len(lines))


def _named(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """Headline and byline: the lines before the number of words. The section may stand before them, without a name."""
    rest = list(lines[-4:])
    byline = (
        rest.pop() if len(rest) > 1 and (_BY.match(rest[-1]) or (len(rest) > 2 and _NAME.match(rest[-1]))) else None
    )
    if byline is None and len(rest) == 2 and _NAME.match(rest[1]) and len(rest[0]) > len(rest[1]):
        byline = rest.pop()
    if len(rest) > 1 and len(rest[0]) <= _LONGEST_SECTION and _SECTION.match(rest[0]):
        rest = rest[1:]
    return in_one_line(rest), byline
