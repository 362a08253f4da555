"""HTML that is all text, as in an entry of a feed or a message → its paragraphs; nothing is judged to be boilerplate."""

from __future__ import annotations

import re
from typing import Any

from sayso.extras import need

MAX_MARKUP = 8 * 1024 * 1024
"""The longest HTML that is read, in characters; what comes after is left out."""

_LEFT_OUT = frozenset(
    "script style head title template noscript iframe object embed svg math canvas audio video form select option "
    "button textarea nav".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 "
    "h6 header hr html li main ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_PARAGRAPH, _LINE = "\x01", "\x02"
_CONTROLS = str.maketrans("", "", _PARAGRAPH + _LINE)
_SPACES = re.compile(r"[^\S\xa0]+")
_INVISIBLE = re.compile("[\u00ad\u034f\u200b-\u200d\u2060\ufeff]+")


def plain(html: str, left_out: frozenset[str] = frozenset()) -> str:
    """The text that a person would see, its paragraphs apart by an empty line, `<br>` a new line.

    `left_out` are classes of elements that are passed over with all that is in them. Elements that are hidden, scripts,
    styles, forms and navigation are passed over too. Nothing is fetched. Raises MissingExtra where lxml is missing.
    """
    lxml_html = need("lxml.html", "intake", "reading HTML")
    etree = need("lxml.etree", "intake", "reading HTML")
    html = html[:MAX_MARKUP].translate(_CONTROLS).replace("\x00", "")
    if not html.strip():
        return ""
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except etree.LxmlError:
        return ""
    parts: list[str] = []
    _gather(etree, root, left_out, parts)
    text = _INVISIBLE.sub("", "".join(parts))
    paragraphs = (_lines(paragraph) for paragraph in text.split(_PARAGRAPH))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _lines(paragraph: str) -> str:
    return "\n".join(line.strip() for line in paragraph.split(_LINE)).strip()


def _gather(etree: Any, root: Any, left_out: frozenset[str], parts: list[str]) -> None:
    """The texts in the order of the page, with marks where a paragraph or a line ends."""
    walker = etree.iterwalk(root, events=("start", "end"))
    skipped = 0
    for event, element in walker:
        name = element.tag if isinstance(element.tag, str) else ""
        passed_over = skipped or _is_left_out(element, name, left_out)
        if event == "start":
            skipped += bool(passed_over)
            if not passed_over:
                parts.append(_LINE if name == "br" else _PARAGRAPH if name in _BLOCKS else "")
                parts.append(_SPACES.sub(" ", element.text or ""))
        else:
            skipped -= bool(skipped)
            if name in _BLOCKS:
                parts.append(_PARAGRAPH)
            if not skipped:
                parts.append(_SPACES.sub(" ", element.tail or ""))


def _is_left_out(element: Any, name: str, left_out: frozenset[str]) -> bool:
    if name in _LEFT_OUT or element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
        return True
    return bool(left_out) and not left_out.isdisjoint((element.get("class") or "").split())
