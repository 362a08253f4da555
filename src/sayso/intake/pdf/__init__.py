"""PDF → document: the text layer in reading order, without what print adds to it; the page of every word is kept."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterator

from sayso.errors import UnreadableSource
from sayso.extras import need
from sayso.intake import dates
from sayso.intake.loaded import Loaded, Made, Metadata, Original
from sayso.intake.making import by_its_file, loaded
from sayso.intake.pdf.margins import printed_address, without_margins
from sayso.intake.pdf.order import blocks
from sayso.intake.pdf.page import Page
from sayso.intake.pdf.paragraphs import Paragraph, joined, paragraphs
from sayso.intake.pdf.process import opened

NAME = "PDF"
SUFFIXES = frozenset({".pdf"})
MEDIA_TYPES = frozenset({"application/pdf", "application/x-pdf"})
MAX_BYTES = 256 * 1024 * 1024
MAX_CHARACTERS = 50_000_000

_SIGNATURE, _WITHIN = b"%PDF-", 1024
_PICTURE, _FEWEST_LETTERS = 0.5, 30
_MOST_BROKEN = 0.02
_HEADLINE, _LONGEST_HEADLINE, _FEWEST_WORDS = 1.25, 300, 4
_PROGRAM = re.compile(r"(?i)^(?:microsoft (?:word|powerpoint|excel) - |print(?:ing)? )")
_FILE_NAME = re.compile(
    r"(?i)\.(?:docx?|indd|qxp|qxd|pdf|rtf|odt|html?|tmp|tex|pptx?|xlsx?|p65)$|^(?:untitled|layout|print)\b"
)
_MADE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")


def is_one(head: bytes) -> bool:
    """Whether a file that begins with these bytes is a PDF: readers allow some bytes before its signature."""
    return _SIGNATURE in head[: _WITHIN + len(_SIGNATURE)]


def reports(original: Original, known: Metadata) -> Iterator[Loaded | UnreadableSource]:
    """The one document of a PDF file; what cannot be read is yielded as the error that says so.

    Pages that are pictures without text are named in a note; if there are no others, that is the error.
    """
    pdfium = need("pypdfium2.version", "intake", "reading PDF")
    try:
        yield _report(original, known, str(pdfium.PYPDFIUM_INFO.version))
    except UnreadableSource as error:
        yield error


def _report(original: Original, known: Metadata, version: str) -> Loaded:
    original.stream.seek(0)
    data = original.stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnreadableSource(original.name, f"it is larger than {MAX_BYTES // 2**20} MB")
    with opened(data, original.name) as contents:
        pages = list(_bounded(contents.pages, original.name))
    runs = without_margins(pages)
    found = paragraphs([blocks(page) for page in runs])
    text, begins = joined(found, len(pages))
    pictures = [n for n, page in enumerate(pages, 1) if _is_picture(page, sum(len(run.text) for run in runs[n - 1]))]
    if len(pictures) == len(pages) or not text.strip():
        raise UnreadableSource(original.name, _why_nothing(pictures, len(pages)))
    made = Made("pypdfium2", version, "sha256:" + hashlib.sha256(data).hexdigest(), "application/pdf", pages=begins)
    said = Metadata(
        title=_title(contents.said["Title"]) or _headline(found),
        author=contents.said["Author"] or None,
        published=_day(contents.said["CreationDate"]),
        url=printed_address(pages),
    )
    return loaded(text, said, known, original, made, _notes(original.name, pictures, len(pages), text, said, known))


def _bounded(pages: Iterator[Page], name: str) -> Iterator[Page]:
    total = 0
    for page in pages:
        total += sum(len(run.text) for run in page.runs)
        if total > MAX_CHARACTERS:
            raise UnreadableSource(name, f"it holds more than {MAX_CHARACTERS // 10**6} million characters")
        yield page


def _is_picture(page: Page, characters: int) -> bool:
    """Whether what can be seen on the page is not in its text: there is none, or hardly any beside a large picture."""
    if characters == 0:
        return not page.blank
    return characters < _FEWEST_LETTERS and page.picture >= _PICTURE


def _why_nothing(pictures: list[int], count: int) -> str:
    if not pictures:
        return "there is no text on its pages"
    pages = "its page is a picture" if count == 1 else f"its {count} pages are pictures"
    return f"{pages} without text: recognise the text first (ocrmypdf does)"


def _notes(name: str, pictures: list[int], count: int, text: str, said: Metadata, known: Metadata) -> tuple[str, ...]:
    notes = []
    if len(pictures) == 1:
        notes.append(f"{name}: page {pictures[0]} of {count} is a picture without text; left out")
    elif pictures:
        notes.append(f"{name}: pages {_listed(pictures)} of {count} are pictures without text; left out")
    if text.count("\ufffd") > _MOST_BROKEN * len(text):
        notes.append(f"{name}: the file does not say which letters some of its characters are; they became \ufffd")
    if said.published and not known.published:
        notes.append(by_its_file(name, said.published))
    return tuple(notes)


def _listed(numbers: list[int]) -> str:
    """The numbers in words, runs of them as "3–5"."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    words = [str(part[0]) if len(part) == 1 else f"{part[0]}–{part[-1]}" for part in parts]
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def _title(said: str) -> str | None:
    """The title that the file gives, if it is one, not the name of the file it was made from."""
    title = _PROGRAM.sub("", said).strip()
    return title if title and not _FILE_NAME.search(title) else None


def _headline(found: list[Paragraph]) -> str | None:
    """The largest words on the first page, if they are larger than most and could be a headline."""
    weights: dict[float, int] = {}
    for paragraph in found:
        size = round(paragraph.height, 1)
        weights[size] = weights.get(size, 0) + len(paragraph.text)
    usual = max(weights, key=lambda size: weights[size])
    first = itertools.takewhile(lambda paragraph: all(number == 0 for _, number in paragraph.pages), found)
    large = [p for p in first if p.height >= _HEADLINE * usual and len(p.text) <= _LONGEST_HEADLINE]
    worded = [p for p in large if len(p.text.split()) >= _FEWEST_WORDS]
    return max(worded, key=lambda paragraph: paragraph.height).text if worded else None


def _day(said: str) -> str | None:
    found = _MADE.match(said)
    return dates.iso("-".join(found.groups())) if found else None
