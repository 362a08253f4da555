"""Paths → the sources they mean: files, the reports in folders and below, addresses, standard input."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from sayso.errors import UnreadableSource
from sayso.intake import html
from sayso.intake.formats import ending, suffixes
from sayso.intake.web import is_address

STDIN = "-"

_SAVED_WITH = "_files"
_PRINTED = (".ledger.txt", ".facts.txt", ".labels.txt")
"""What `sayso read --output FOLDER` calls what it prints of reports."""


def sources(paths: list[str]) -> Iterator[str | UnreadableSource]:
    """The reports that the paths mean: files as they are, folders by the files in them whose ending is that of a known
    format, in alphabetical order; addresses as they are, and nothing is asked there yet.

    A path that means none is yielded as the error that says so. What a browser saved with a page (PAGE_files beside
    PAGE.html) is no report, nor what Sayso printed of one, nor what begins with a dot, nor a README, which speaks of
    the folder.
    """
    for path in paths:
        if path == STDIN or is_address(path):
            yield path
        elif os.path.isdir(path):
            yield from _in_folder(path)
        elif not os.path.exists(path):
            hint = "; an address begins with https://" if path.startswith("www.") else ""
            yield UnreadableSource(path, "there is no such file or folder" + hint)
        else:
            yield path


def reason(error: OSError) -> str:
    """What the system says of a file that it does not give, as a part of a sentence."""
    reasons: dict[type[OSError], str] = {
        PermissionError: "it may not be read (no permission)",
        FileNotFoundError: "there is no such file or folder",
        IsADirectoryError: "it is a folder",
    }
    return reasons.get(type(error), f"it cannot be read ({(error.strerror or str(error)).lower()})")


def _in_folder(folder: str) -> Iterator[str | UnreadableSource]:
    found = False
    problems: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=problems.append):
        pages = {Path(name).stem for name in names if Path(name).suffix.lower() in html.SUFFIXES}
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not _saved_with(name, pages))
        for name in sorted(names):
            path = os.path.join(parent, name)
            if may_be_report(name) and _may_be_read(path):
                found = True
                yield path
    for problem in problems:
        yield UnreadableSource(str(problem.filename), reason(problem))
    if not found and not problems:
        yield UnreadableSource(folder, "there is no report in this folder")


def may_be_report(name: str) -> bool:
    """Whether a file of this name in a folder may be one."""
    path = Path(name)
    if name.endswith(_PRINTED):
        return False
    return not name.startswith(".") and path.stem.lower() != "readme" and ending(name) in suffixes()


def _saved_with(folder: str, pages: set[str]) -> bool:
    return folder.endswith(_SAVED_WITH) and folder.removesuffix(_SAVED_WITH) in pages


def _may_be_read(path: str) -> bool:
    """Whether this is a file that ends (a pipe might not), or a link to nothing, which is worth an error."""
    return os.path.isfile(path) or not os.path.exists(path)
