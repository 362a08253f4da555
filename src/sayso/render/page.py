"""The page: a reading as HTML, its text with every span marked and the list of attributions beside it."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sayso.render.marks import ROLES, Mark, Paragraphs, Role, Segment
from sayso.render.wording import NO_CONTENT, NO_CUE, NO_SOURCE, counted, name, percent, size
from sayso.types import Attribution, Document, Spans

if TYPE_CHECKING:
    from sayso.reading import Reading

_EXCERPT = 280  # characters of a content in the list; the whole of it stands in the text beside

_NOT_IN_HTML = re.compile("[\0\ud800-\udfff]")  # null characters and halves of surrogate pairs


def page(reading: Reading) -> str:
    """One HTML document that shows `reading` and needs nothing else: no network, no file, no script but its own."""
    style, script = _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return f"""<!doctype html>
<html lang="en" class="sayso-page">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{_escape(name(reading.document))} · Sayso</title>
<style>{style}</style>
</head>
<body>
<main class="sayso">
{"".join(_body(reading, prefix=""))}</main>
<script>{script}</script>
</body>
</html>
"""


def fragment(reading: Reading) -> str:
    """The same as a piece of HTML for a notebook: without script, its style and its ids kept to itself."""
    prefix = f"s{hashlib.sha256(reading.document.id.encode('utf-8', 'replace')).hexdigest()[:8]}-"
    return f"""<section class="sayso sayso-fragment" aria-label="Reading">
<style>{_asset("page.css")}</style>
{"".join(_body(reading, prefix))}</section>
"""


def _body(reading: Reading, prefix: str) -> Iterator[str]:
    """Head, text, list and foot; every id in them begins with `prefix`."""
    found = reading.attributions
    writer = _Writer(reading, prefix)
    yield _head(reading.document)
    yield '<div class="body">\n'
    yield f'<article class="text" lang="{_escape(reading.document.language or "")}" aria-label="Report">\n'
    for number, segments in enumerate(writer.paragraphs.segments(found), 1):
        yield writer.paragraph(number, segments)
    yield '</article>\n<aside class="found" aria-label="Attributions">\n'
    yield f'<h2 class="count">{counted(len(found), "attribution") if found else "No attributions found"}</h2>\n'
    yield '<ol class="entries" role="list">\n'
    for number, attribution in enumerate(found, 1):
        yield writer.entry(number, attribution)
    yield "</ol>\n</aside>\n</div>\n"
    yield _foot(reading)


def _head(document: Document) -> str:
    facts = [_escape(fact) for fact in (document.outlet, document.published, document.language) if fact]
    facts.append(size(document.text))
    if document.url:
        facts.append(_link(document.url))
    return f"""<header class="head">
<h1 class="name" dir="auto">{_escape(name(document))}</h1>
<p class="facts">{" · ".join(f"<bdi>{fact}</bdi>" for fact in facts)}</p>
<p class="key"><span class="source">source</span> <span class="cue">cue</span> <span class="content">content</span> \
What carries no tint, the report says in its own voice.</p>
</header>
"""


def _link(url: str) -> str:
    """`url` to click on if it is one of the web, else only to read."""
    try:
        web = urlsplit(url).scheme in ("http", "https")
    except ValueError:
        web = False
    shown = _escape(url)
    return f'<a href="{shown}" rel="noopener noreferrer nofollow">{shown}</a>' if web else shown


class _Writer:
    """Writes the paragraphs of the text and the entries of the list, which link to each other by their ids."""

    def __init__(self, reading: Reading, prefix: str) -> None:
        self.paragraphs = Paragraphs(reading.document.text)
        self._text = reading.document.text
        self._prefix = prefix
        self._numbers = {attribution.id: number for number, attribution in enumerate(reading.attributions, 1)}
        self._placed: set[int] = set()

    def paragraph(self, number: int, segments: Sequence[Segment]) -> str:
        """The text of one paragraph, its segments marked."""
        words = "".join(map(self._segment, segments))
        return f'<p id="{self._prefix}p{number}"{self._direction(number)}>{words}</p>\n'

    def entry(self, number: int, attribution: Attribution) -> str:
        """One attribution in the list, linked to its place in the text and to the attribution it stands inside."""
        prefix, paragraph = self._prefix, self.paragraphs.number(attribution.start)
        direction = self._direction(paragraph)
        parent = self._numbers.get(attribution.parent or "")
        content = _excerpt(self.paragraphs.words(attribution.content, " […] "))
        notes = (
            f'<a href="#{prefix}p{paragraph}">¶{paragraph}</a>',
            attribution.stance,
            attribution.kind,
            percent(attribution.score),
            f'inside <a href="#{prefix}a{parent}">{parent}</a>' if parent else None,
        )
        return f"""<li class="entry" id="{prefix}a{number}" data-n="{number}">
<a class="number" href="#{prefix}t{number}" aria-label="Attribution {number} in the text">{number}</a>
<p class="who"{direction}>{self._part(attribution.source, "source", NO_SOURCE)} \
{self._part(attribution.cue, "cue", NO_CUE)}</p>
<p class="what"{direction}>{_escape(content) or f'<span class="none">{NO_CONTENT}</span>'}</p>
<p class="meta">{" · ".join(note for note in notes if note)}</p>
</li>
"""

    def _segment(self, segment: Segment) -> str:
        words = _escape(self._text[segment.start : segment.end])
        if not segment.marks:
            return words
        return f"<span {_attributes(segment.marks)}>{self._new_places(segment.marks)}{words}</span>"

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

    def _part(self, spans: Spans, role: Role, absent: str) -> str:
        words = _escape(_excerpt(self.paragraphs.words(spans, " … ")))
        return f'<span class="{role}">{words}</span>' if words else f'<span class="none">{absent}</span>'

    def _direction(self, paragraph: int) -> str:
        """The attribute that sets words of this paragraph from right to left, where its first letter asks for it."""
        for start, end in self.paragraphs.offsets[paragraph - 1 : paragraph]:
            kinds = (unicodedata.bidirectional(self._text[index]) for index in range(start, end))
            return ' dir="rtl"' if next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L" else ""
        return ""


def _attributes(marks: tuple[Mark, ...]) -> str:
    """Classes for the roles at one place, and for each role the numbers of its attributions, outer before inner."""
    numbers = {role: [str(mark.number) for mark in marks if mark.role == role] for role in ROLES}
    classes: list[str] = [role for role in ROLES if numbers[role]]
    if len(numbers["content"]) > 1:
        classes.append("nested")
    data = (f'data-{role}="{" ".join(numbers[role])}"' for role in ROLES if numbers[role])
    return f'class="{" ".join(classes)}" {" ".join(data)}'


def _excerpt(words: str) -> str:
    """`words`, cut at a blank if they are long."""
    if len(words) <= _EXCERPT:
        return words
    head = words[:_EXCERPT]
    return (head.rsplit(" ", 1)[0] or head) + " …"


def _foot(reading: Reading) -> str:
    return f"""<footer class="foot">
<p>The percentage is the probability that source and content are right.</p>
<p>Found by Sayso with the model {_escape(reading.model)} in {_escape(reading.document.id)}</p>
</footer>
"""


def _escape(text: str) -> str:
    """`text` for HTML; a bare carriage return would come back as a line feed."""
    return _NOT_IN_HTML.sub("\ufffd", html.escape(text).replace("\r", "&#13;"))


@cache
def _asset(filename: str) -> str:
    return resources.files("sayso.render").joinpath(filename).read_text("utf-8")


def _digest(source: str) -> str:
    """The name by which a content security policy lets this inline style or script pass, and no other."""
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
