"""RTF → document: the text that a reader would see, whatever code pages its letters are in.

striprtf, the library for it, leaves out what the file says of itself and reads what Word hides for its own use.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from sayso.errors import UnreadableSource
from sayso.intake import dates
from sayso.intake.loaded import Loaded, Metadata, Original
from sayso.intake.making import by_its_file, by_sayso, loaded

NAME = "RTF"
SUFFIXES = frozenset({".rtf"})
MEDIA_TYPES = frozenset({"application/rtf", "text/rtf", "text/richtext"})
MAX_BYTES = 256 * 1024 * 1024
MAX_DEPTH = 1_000

_SIGNATURE = b"{\\rtf"
# A control word with its number, a byte in hexadecimal, a control sign, a brace, or plain bytes.
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)|.", re.DOTALL
)
_BREAKS = frozenset({"par", "line", "sect", "page", "row", "nestrow", "column", "softline", "softpage"})
_SIGNS = {
    "tab": " ", "cell": "\t", "nestcell": "\t", "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ",
    "qmspace": " ", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "~": " ", "_": "\u2011", "\n": "\n", "\r": "\n", "\\": "\\", "{": "{", "}": "}",
}  # fmt: skip
# Groups that are no part of the text: tables of fonts and styles, pictures, heads and feet, notes, fields' orders.
_LEFT_OUT = frozenset({
    "annotation", "atnauthor", "atndate", "atnicn", "atnid", "atnparent", "atnref", "atntime", "atrfend",
    "atrfstart", "background", "bkmkend", "bkmkstart", "blipuid", "colorschememapping", "colortbl", "comment",
    "datafield", "datastore", "do", "docvar", "falt", "filetbl", "fldinst", "fontemb", "fontfile", "footer",
    "footerf", "footerl", "footerr", "footnote", "formfield", "ftncn", "ftnsep", "ftnsepc", "generator", "gridtbl",
    "header", "headerf", "headerl", "headerr", "latentstyles", "listoverridetable", "listpicture", "liststylename",
    "listtable", "mailmerge", "nonesttables", "nonshppict", "objalias", "objclass", "objdata", "objname", "objsect",
    "operator", "panose", "password", "pgdsctbl", "pict", "pn", "pntext", "revtbl", "rsidtbl", "rxe", "shp",
    "shpinst", "sn", "sp", "stylesheet", "sv", "tc", "tcn", "template", "themedata", "txe", "userprops",
    "wgrffmtfilter", "xe", "xmlnstbl",
})  # fmt: skip
_SAID = frozenset({"title", "author", "subject", "company", "manager", "keywords", "doccomm", "category", "hlinkbase"})
_NOTES = frozenset({"footnote", "annotation"})
_WHEN = ("yr", "mo", "dy")
_CHARSETS = {
    0: "cp1252", 2: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_SETS = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_PARAGRAPHS = "\n\n"


def is_one(head: bytes) -> bool:
    """Whether a file that begins with these bytes is RTF."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:5] == _SIGNATURE


def reports(original: Original, known: Metadata) -> Iterator[Loaded | UnreadableSource]:
    """The one document of an RTF file; what cannot be read is yielded as the error that says so."""
    original.stream.seek(0)
    data = original.stream.read(MAX_BYTES + 1)
    try:
        found = rich_text(data, original.name)
        text = _PARAGRAPHS.join(found.paragraphs)
        notes = [f"{original.name}: its footnotes were left out"] if found.footnotes else []
        if found.said.published and not known.published:
            notes.append(by_its_file(original.name, found.said.published))
        yield loaded(text, found.said, known, original, by_sayso(data, "application/rtf"), tuple(notes))
    except UnreadableSource as error:
        yield error


@dataclass(frozen=True, slots=True)
class RichText:
    """What is in an RTF file: its paragraphs (the cells of a row parted by tabs), what it says of itself, and whether
    there are footnotes, which are left out."""

    paragraphs: list[str]
    said: Metadata
    footnotes: bool


def rich_text(data: bytes, name: str) -> RichText:
    """What is in the RTF file whose bytes are `data`.

    Raises UnreadableSource if it is none, is larger than MAX_BYTES, or its groups are nested deeper than MAX_DEPTH.
    """
    if not is_one(data[:100]):
        raise UnreadableSource(name, "it is no RTF file")
    if len(data) > MAX_BYTES:
        raise UnreadableSource(name, f"it is larger than {MAX_BYTES // 2**20} MB")
    reader = _Reader(name)
    reader.read(data)
    return RichText(reader.paragraphs(), reader.said(), reader.footnotes)


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds until the closing brace: where the text goes ("" the document, None nowhere), how letters are coded,
    how many characters stand for one that old readers do not know."""

    goes_to: str | None = ""
    encoding: str | None = None
    fallbacks: int = 1
    hidden: bool = False


@dataclass(slots=True)
class _Reader:
    """Reads an RTF file from one end to the other."""

    name: str
    footnotes: bool = False
    _texts: dict[str, list[str]] = field(default_factory=lambda: {"": []})
    _bytes: bytearray = field(default_factory=bytearray)
    _fonts: dict[int, str] = field(default_factory=dict)
    _font: int = 0
    _usual: str = "cp1252"
    _default_font: int | None = None
    _group: _Group = field(default_factory=_Group)
    _outer: list[_Group] = field(default_factory=list)
    _to_skip: int = 0
    _optional: bool = False
    _high: int = 0
    _made: dict[str, int] = field(default_factory=dict)

    def read(self, data: bytes) -> None:
        """Take in a whole file."""
        at = 0
        while found := _TOKEN.match(data, at):
            at = found.end()
            word, number, coded, sign, brace, plain = found.groups()
            if word is not None:
                at += self._word(word.decode("ascii"), None if number is None else int(number))
            elif coded is not None:
                self._byte(bytes.fromhex(coded.decode("ascii")))
            elif sign is not None:
                self._sign(sign.decode("latin-1"))
            elif brace is not None:
                self._brace(brace)
            elif plain is not None:
                self._byte(plain)
        self._flush()

    def paragraphs(self) -> list[str]:
        """The document's paragraphs."""
        return _lines(self._texts[""])

    def said(self) -> Metadata:
        """What the file says of itself."""
        day = "-".join(str(self._made.get(part, 0)).zfill(2) for part in _WHEN)
        said = {name: " ".join(_lines(self._texts.get(name, []))) or None for name in ("title", "author")}
        return Metadata(title=said["title"], author=said["author"], published=dates.iso(day) if self._made else None)

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._to_skip = 0
        if brace == b"{":
            if len(self._outer) >= MAX_DEPTH:
                raise UnreadableSource(self.name, f"its groups are nested more than {MAX_DEPTH} deep")
            self._outer.append(self._group)
            self._optional = False
        elif self._outer:
            self._group = self._outer.pop()

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._optional = True
        elif sign in _SIGNS:
            self._put(_SIGNS[sign])

    def _word(self, word: str, number: int | None) -> int:
        """Obey a control word; how many bytes after it are no text."""
        optional, self._optional = self._optional, False
        if word == "bin":
            return max(number or 0, 0)
        if word == "u" and number is not None:
            self._unicode(number % 0x10000)
        elif word in _BREAKS:
            self._put("\n")
        elif word in _SIGNS:
            self._put(_SIGNS[word])
        elif word in _SAID:
            self._flush()
            self._group = replace(self._group, goes_to=word)
        elif word in _LEFT_OUT or word in ("fonttbl", "info", "creatim", "revtim", "printim", "buptim") or optional:
            self._destination(word)
        else:
            self._setting(word, number)
        return 0

    def _destination(self, word: str) -> None:
        self._flush()
        if word in _NOTES and self._group.goes_to == "":
            self.footnotes = True
        # Word puts what it hides from old readers in {\*\shppict…} and the like; of those, only this one is text.
        if word != "shptxt":
            self._group = replace(self._group, goes_to=word if word in ("fonttbl", "creatim") else None)

    def _setting(self, word: str, number: int | None) -> None:
        if self._group.goes_to == "creatim" and word in _WHEN and number is not None:
            self._made.setdefault(word, number)
        elif word in _SETS:
            self._usual = _SETS[word]
        elif word == "ansicpg" and number:
            self._usual = _code_page(number) or self._usual
        elif word == "deff":
            self._default_font = number
        elif word == "f" and number is not None:
            self._flush()
            self._font = number
            self._group = replace(self._group, encoding=self._fonts.get(number))
        elif word == "fcharset" and number is not None and self._group.goes_to == "fonttbl":
            if number > 1 and number in _CHARSETS:
                self._fonts[self._font] = _CHARSETS[number]
        elif word == "uc" and number is not None:
            self._group = replace(self._group, fallbacks=min(max(number, 0), 32))
        elif word == "v":
            self._flush()
            self._group = replace(self._group, hidden=number != 0)
        elif word in ("plain", "pard"):
            self._flush()
            if word == "plain":
                self._group = replace(self._group, hidden=False, encoding=self._fonts.get(self._default_font or 0))

    def _unicode(self, code: int) -> None:
        self._flush()
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code < 0xE000 and self._high:
            self._put(chr(0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00))
            self._high = 0
        else:
            self._put(chr(code))
        self._to_skip = self._group.fallbacks

    def _byte(self, data: bytes) -> None:
        skipped = min(self._to_skip, len(data))
        self._to_skip -= skipped
        if len(data) > skipped and self._is_kept():
            self._bytes += data[skipped:]

    def _put(self, text: str) -> None:
        if self._to_skip and text:
            self._to_skip -= 1
            return
        self._flush()
        if self._is_kept():
            self._texts.setdefault(self._group.goes_to or "", []).append(text)

    def _flush(self) -> None:
        """Letters of more than one byte come byte by byte: they are decoded when something else comes."""
        if not self._bytes:
            return
        text = self._bytes.decode(self._group.encoding or self._usual, "replace")
        self._bytes.clear()
        self._texts.setdefault(self._group.goes_to or "", []).append(text)

    def _is_kept(self) -> bool:
        goes_to = self._group.goes_to
        return not self._group.hidden and (goes_to == "" or goes_to in _SAID)


def _code_page(number: int) -> str | None:
    name = {65001: "utf-8", 10000: "mac_roman", 936: "gbk", 950: "big5"}.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _lines(pieces: list[str]) -> list[str]:
    text = "".join(pieces).replace("\xad", "")
    lines = ("\t".join(filter(None, (" ".join(c.split()) for c in line.split("\t")))) for line in text.split("\n"))
    return [line for line in lines if line]
