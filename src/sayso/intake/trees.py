"""HTML and XML → a tree, within limits; a tree → its paragraphs, one a line. Nothing is fetched, no entity unfolded."""

from __future__ import annotations

import re
from typing import Any

from sayso.errors import UnreadableSource
from sayso.extras import need

MAX_ELEMENTS = 300_000

_DEEP, _LARGE, _BROAD = 256, 50_000, 3_000
_TOO_DEEP = "Excessive depth"
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "head", "header", "hr", "html", "item", "lb", "legend", "li", "list", "main", "nav", "ol", "optgroup", "option",
    "p", "pre", "quote", "row", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
})  # fmt: skip
_CELLS = frozenset({"td", "th", "cell"})
_SILENT = frozenset({
    "applet", "audio", "button", "canvas", "embed", "frame", "iframe", "input", "link", "map", "math", "meta",
    "noembed", "noframes", "noscript", "object", "script", "select", "source", "style", "svg", "template",
    "textarea", "title", "track", "video",
})  # fmt: skip
_HIDDEN = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
_UNSEEN = {ord(character): None for character in "\xad\u200b\ufeff\u2060\u034f"}
# What XML forbids would be refused by the parser's Python side; a browser shows nothing for it.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DECLARED = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")


def html_tree(page: str, name: str) -> Any:
    """The tree of an HTML page, its head and body.

    Raises UnreadableSource if there is nothing in it, if it has more than MAX_ELEMENTS, or if they are nested deeper
    than libxml2 goes (2,048).
    """
    html = need("lxml.html", "intake", "reading HTML")
    etree = need("lxml.etree", "intake", "reading HTML")
    page = _FORBIDDEN.sub(" ", _DECLARED.sub("", page))
    _refuse_many(page.count("<") // 2, name)
    for huge in (False, True):
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=huge)
        try:
            tree = html.document_fromstring(page.encode(), parser=parser, ensure_head_body=True)
        except (etree.LxmlError, ValueError, AssertionError):
            raise UnreadableSource(name, "it holds no text") from None
        if not any(_TOO_DEEP in error.message for error in parser.error_log):
            _refuse_many(sum(1 for _ in tree.iter()), name)
            return tree
    raise UnreadableSource(name, "its elements are nested too deep")


def xml_tree(data: bytes, name: str) -> Any:
    """The tree of an XML file, with what is broken in it mended. Raises UnreadableSource as `html_tree` does."""
    etree = need("lxml.etree", "intake", "reading it")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        tree = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        tree = None
    if tree is None:
        raise UnreadableSource(name, "it is no readable XML")
    return tree


def lines(tree: Any) -> list[str]:
    """What a reader sees of a tree of HTML (or of trafilatura's XML): its paragraphs, headings, items and rows of
    tables, each in one line, white space as it is shown; the cells of a row are parted by tabs."""
    found = _Lines()
    skipped: Any = None
    for event, element in need("lxml.etree", "intake", "reading HTML").iterwalk(tree, events=("start", "end")):
        name = tag(element)
        if event == "start" and skipped is None:
            found.begin(name)
            if name in _SILENT or _HIDDEN.search(element.get("style", "")) or "hidden" in element.attrib:
                skipped = element
            else:
                found.add(element.text)
        elif event == "end":
            if skipped is None:
                found.end(name)
            elif skipped is element:
                skipped = None
            if skipped is None and element is not tree:
                found.add(element.tail)
    return found.finished()


class _Lines:
    """The lines of a tree while it is walked."""

    def __init__(self) -> None:
        self._found: list[str] = []
        self._pieces: list[str] = []
        self._as_set = 0

    def begin(self, name: str) -> None:
        """An element begins."""
        if name in _BLOCKS:
            self._end_line()
        elif name in _CELLS:
            self._pieces.append("\t")
        self._as_set += name == "pre"

    def add(self, text: str | None) -> None:
        """Its text goes on; where it is shown as it is set, the ends of its lines count."""
        first, *rest = (text or "").split("\n") if self._as_set else (text or "",)
        self._pieces.append(_blanks(first))
        for line in rest:
            self._end_line()
            self._pieces.append(_blanks(line))

    def end(self, name: str) -> None:
        """It ends."""
        self._as_set -= name == "pre"
        if name in _BLOCKS:
            self._end_line()

    def finished(self) -> list[str]:
        """All lines."""
        self._end_line()
        return self._found

    def _end_line(self) -> None:
        if not self._pieces:
            return
        cells = (" ".join(cell.split()) for cell in "".join(self._pieces).translate(_UNSEEN).split("\t"))
        self._pieces.clear()
        if line := "\t".join(filter(None, cells)):
            self._found.append(line)


def _blanks(text: str) -> str:
    """A tab in the text is a blank like others: only cells are parted by tabs."""
    return text.replace("\t", " ")


def is_unwieldy(tree: Any) -> bool:
    """Whether a tree is so large, so deep or so broad at one place that programs which go up and down in it, in time
    that grows with the square of these, would take minutes. No page that was made for reading is."""
    depth = count = 0
    for event, element in need("lxml.etree", "intake", "reading HTML").iterwalk(tree, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        count += 1
        if depth > _DEEP or count > _LARGE or len(element) > _BROAD:
            return True
    return False


def _refuse_many(elements: int, name: str) -> None:
    if elements > MAX_ELEMENTS:
        raise UnreadableSource(name, f"it has more than {MAX_ELEMENTS} elements")


def tag(element: Any) -> str:
    """An element's name in small letters, without its namespace; empty for what is no element."""
    name = element.tag
    return name.rpartition("}")[2].lower() if isinstance(name, str) else ""


def attribute(element: Any, name: str) -> str:
    """The value of an element's attribute, whatever its namespace; empty if there is none."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def words_in(element: Any) -> str:
    """All text in an element, in one line."""
    return " ".join("".join(element.itertext()).split())
