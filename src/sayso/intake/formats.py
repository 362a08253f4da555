"""The formats that reports come in, and which of them a file is in."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from sayso.errors import UnreadableSource
from sayso.intake.columns import Columns
from sayso.intake.loaded import Loaded, Metadata, Original

MODULES = (
    "pdf", "epub", "docx", "rtf", "mhtml", "html", "feed", "warc", "parquet", "mail", "jsonl", "csv", "markdown",
    "text",
)  # fmt: skip
"""The modules of `sayso.intake` that read a format; where the first bytes suit several, the first one reads it. Text,
which everything suits, is last."""

_OF_ONE = frozenset({"pdf", "docx", "rtf", "mhtml", "html", "markdown", "text"})
"""Those whose files hold one report each."""
_TABLES = frozenset({"parquet", "jsonl", "csv"})

HEAD = 64 * 1024
"""How many bytes of a file's beginning are looked at."""

Reports = Callable[[Original, Metadata], Iterator[Loaded | UnreadableSource]]
Rows = Callable[[Original, Metadata, Columns], Iterator[Loaded | UnreadableSource]]


@dataclass(frozen=True, slots=True)
class Format:
    """One format: what a person calls it, how files and servers name it, what tells it by its first bytes (None where
    nothing does), what reads it, and whether one file may hold several reports. `rows` reads it where it is a table, by
    the columns that are named."""

    name: str
    suffixes: frozenset[str]
    media_types: frozenset[str]
    is_one: Callable[[bytes], bool] | None
    reports: Reports
    of_many: bool
    rows: Rows | None


@functools.cache
def formats() -> tuple[Format, ...]:
    """All formats, in the order of MODULES. Libraries are loaded only when something is read."""
    return tuple(_format(name) for name in MODULES)


def _format(name: str) -> Format:
    module = importlib.import_module(f"sayso.intake.{name}")
    is_one = getattr(module, "is_one", None)
    rows = module.reports if name in _TABLES else None
    return Format(module.NAME, module.SUFFIXES, module.MEDIA_TYPES, is_one, module.reports, name not in _OF_ONE, rows)


@functools.cache
def suffixes() -> frozenset[str]:
    """The endings of files, in small letters, that are taken from a folder."""
    return frozenset().union(*(form.suffixes for form in formats()))


def ending(name: str) -> str:
    """What a file's name ends in, in small letters: ".warc.gz" where that is a format's, else what follows the last
    point."""
    path = PurePath(name.lower())
    last_two = "".join(path.suffixes[-2:])
    return last_two if last_two in suffixes() else path.suffix


def recognised(head: bytes, name: str, media_type: str | None = None) -> Format:
    """The format of a file that begins with `head`, is called `name`, and of which a server said `media_type`.

    Its first bytes decide where they tell a format; else the server, unless it only said "some text" or "some bytes";
    else the ending of its name; else it is text, which refuses what is none.
    """
    told = [form for form in formats() if form.is_one is not None and form.is_one(head)]
    said = (media_type or "").partition(";")[0].strip().lower()
    suffix = ending(name.partition("?")[0])
    by_server = [form for form in formats()[:-1] if said in form.media_types]
    by_name = [form for form in formats() if suffix in form.suffixes]
    for form in (*by_server, *by_name):
        if form in told:
            return form
    return next(iter((*told, *by_server, *by_name)), formats()[-1])


def may_hold_many(name: str) -> bool:
    """Whether a file of that name may hold several reports, as far as its ending tells."""
    return recognised(b"", name).of_many
