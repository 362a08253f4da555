"""The page: a reading as HTML, its text with every span marked and the voices and attributions beside it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sayso.render.marks import Paragraphs
from sayso.render.page.balance import balance
from sayso.render.page.cast import Cast
from sayso.render.page.checks import checks
from sayso.render.page.entries import Entries
from sayso.render.page.legend import legend
from sayso.render.page.map import Map
from sayso.render.page.markup import escape
from sayso.render.page.naming import naming
from sayso.render.page.panel import panel
from sayso.render.page.report import Report
from sayso.render.page.strip import strip
from sayso.render.wording import counted, name, size
from sayso.types import Document

if TYPE_CHECKING:
    from sayso.reading import Reading


STYLE, SCRIPT = "page.css", "page.js"
"""The files of this folder with a page's style and what a hand can do on it."""


@dataclass(frozen=True, slots=True)
class View:
    """One of the views beside the report: its id, what its tab is called, and its HTML, in which nothing that was read
    from outside may stand unescaped."""

    name: str
    title: str
    html: str


def page(reading: Reading, further: Sequence[View] = ()) -> str:
    """One HTML document that shows `reading` and needs nothing else: no network, no file, no script but its own.

    `further` are views beside those of the reading, such as where else its claims are made.
    """
    style, script = _asset(STYLE), _asset(SCRIPT)
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
<title>{escape(name(reading.document))} · Sayso</title>
<style>{style}</style>
</head>
<body>
{main(reading, further)}<script>{script}</script>
</body>
</html>
"""


def main(reading: Reading, further: Sequence[View] = ()) -> str:
    """The same without what stands around it, for pages that bring `STYLE` and `SCRIPT` by themselves."""
    return f"""<main class="sayso{_voiced(reading)}">
{_asset("tools.html")}{"".join(_body(reading, prefix="", further=further))}{_asset("keys.html")}</main>
"""


def fragment(reading: Reading) -> str:
    """The same as a piece of HTML for a notebook: without script, its style and its ids kept to itself."""
    prefix = f"s{hashlib.sha256(reading.document.id.encode('utf-8', 'replace')).hexdigest()[:8]}-"
    return f"""<section class="sayso sayso-fragment{_voiced(reading)}" aria-label="Reading">
<style>{_asset(STYLE)}</style>
{"".join(_body(reading, prefix))}</section>
"""


def _knows_voices(reading: Reading) -> bool:
    """Whether it was made by a Sayso that knows voices and narration: of older readings nothing is said of them."""
    return bool(reading.voices or reading.narration)


def _voiced(reading: Reading) -> str:
    return " voiced" if _knows_voices(reading) else ""


def _body(reading: Reading, prefix: str, further: Sequence[View] | None = None) -> Iterator[str]:
    """Head, text, voices, list and foot; every id in them begins with `prefix`. Where `further` views are wanted, those
    of what is said when, where and by what name too."""
    found, paragraphs = reading.attributions, Paragraphs(reading.document.text)
    profile = reading.profile() if _knows_voices(reading) else None
    unsourced = reading.unsourced if profile else ()
    cast = Cast(reading, profile) if profile else None
    cut = paragraphs.segments(found, unsourced)
    segments = [segment for paragraph in cut for segment in paragraph]
    report, entries = Report(paragraphs, cast, prefix), Entries(reading, paragraphs, cast, prefix)

    overview = ""
    if profile and cast:
        drawn = strip(len(paragraphs.text), segments, unsourced, cast, prefix)
        overview = f'<div class="overview">\n{drawn}<p class="balance">{escape(balance(profile))}.</p>\n</div>\n'
    yield _head(reading.document, overview + legend(cast, segments))
    yield '<div class="body">\n'
    yield f'<article class="text" lang="{escape(reading.document.language or "")}" aria-label="Report">\n'
    for number, parts in enumerate(cut, 1):
        yield report.paragraph(number, parts)
    yield '</article>\n<aside class="found" aria-label="What is found in it">\n'
    views = () if further is None else (*_views(reading, paragraphs, cast, prefix), *further)
    if views:
        yield _tabs(views, prefix)
    yield f'<section class="view" id="{prefix}who" aria-label="Who says what">\n'
    if cast:
        yield panel(cast, paragraphs, prefix)
    yield f'<h2 class="count">{counted(len(found), "attribution") if found else "No attributions found"}</h2>\n'
    yield '<ol class="entries" role="list">\n'
    for number, attribution in enumerate(found, 1):
        yield entries.entry(number, attribution)
    yield "</ol>\n</section>\n"
    for view in views:
        yield f'<section class="view" id="{prefix}{view.name}" aria-label="{view.title}">\n'
        yield f'<h2 class="count">{view.title}</h2>\n{view.html}</section>\n'
    yield "</aside>\n</div>\n"
    yield _foot(reading)


def _views(reading: Reading, paragraphs: Paragraphs, cast: Cast | None, prefix: str) -> Iterator[View]:
    """What can be checked, what everybody is called, and the places; of each only if there is any."""
    if checked := checks(reading, paragraphs, cast, prefix):
        yield View("facts", "When, where, how many", checked)
    if reading.entities:
        yield View("names", "Names", naming(reading))
    if reading.places:
        yield View("map", "Map", Map(reading, paragraphs, prefix).html())


def _tabs(views: Sequence[View], prefix: str) -> str:
    """The way to the views: links, which the script makes tabs."""
    links = "".join(f'<a href="#{prefix}{view.name}">{view.title}</a>\n' for view in views)
    return f'<nav class="tabs" aria-label="Views">\n<a href="#{prefix}who">Who says what</a>\n{links}</nav>\n'


def _head(document: Document, beneath: str) -> str:
    facts = [escape(fact) for fact in (document.outlet, document.published, document.language) if fact]
    facts.append(size(document.text))
    if document.url:
        facts.append(_link(document.url))
    return f"""<header class="head">
<h1 class="name" dir="auto">{escape(name(document))}</h1>
<p class="facts">{" · ".join(f"<bdi>{fact}</bdi>" for fact in facts)}</p>
{beneath}</header>
"""


def _link(url: str) -> str:
    """`url` to click on if it is one of the web, else only to read."""
    try:
        web = urlsplit(url).scheme in ("http", "https")
    except ValueError:
        web = False
    shown = escape(url)
    return f'<a href="{shown}" rel="noopener noreferrer nofollow">{shown}</a>' if web else shown


def _foot(reading: Reading) -> str:
    shares = " Beside a voice: the part of all words that stand on it." if _knows_voices(reading) else ""
    return f"""<footer class="foot">
<p>The percentage is the probability that source and content are right.{shares}</p>
<p>Found by Sayso with the model {escape(reading.model)} in {escape(reading.document.id)}</p>
</footer>
"""


@cache
def _asset(filename: str) -> str:
    return resources.files(__package__).joinpath(filename).read_text("utf-8")


def _digest(source: str) -> str:
    """The name by which a content security policy lets this inline style or script pass, and no other."""
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
