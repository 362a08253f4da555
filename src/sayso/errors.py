"""Every exception Sayso raises on purpose. `str(error)` is the sentence a person reads."""

from __future__ import annotations

from pathlib import Path


class SaysoError(Exception):
    """Something the user can act on; never a bug."""


class UnreadableSource(SaysoError):
    """A path that cannot be turned into a report's text."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class UndecodableText(UnreadableSource):
    """Bytes that are no text in any encoding Sayso tries. `offset` counts bytes from the file's start."""

    def __init__(self, source: str, offset: int, encoding: str) -> None:
        super().__init__(source, f"the byte at offset {offset} is not {encoding}, and no other encoding fits the file")
        self.offset = offset


class InvalidReading(SaysoError):
    """A JSON object that is not a reading in schema `sayso/1`."""


class UnwritableOutput(SaysoError):
    """The result could not be written; if the path is that of a file, it is as it was before."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path


class MissingWeights(SaysoError):
    """The installed package lacks its model."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"no model in {folder}: the installation is incomplete, install sayso again")


class MissingExtra(SaysoError):
    """A library that only some of what Sayso does needs is not installed."""

    def __init__(self, what: str, module: str, extra: str) -> None:
        super().__init__(f"{what} needs {module}: pip install 'sayso[{extra}]'")
        self.module = module
        self.extra = extra


class InvalidMetadata(SaysoError):
    """What was said of a report (title, outlet, date, address) is not usable."""


class UnusableLedger(SaysoError):
    """A ledger that cannot be opened, read or written: what has been kept in it is as it was."""

    def __init__(self, ledger: str, reason: str) -> None:
        super().__init__(f"{ledger}: {reason}")
        self.ledger = ledger
        self.reason = reason


class UnusableArchive(SaysoError):
    """An archive that cannot be written, or read on with: what lies there is as it was."""

    def __init__(self, archive: str, reason: str) -> None:
        super().__init__(f"{archive}: {reason}")
        self.archive = archive
        self.reason = reason

    def __reduce__(self) -> tuple[type[UnusableArchive], tuple[str, str]]:
        return type(self), (self.archive, self.reason)  # it may come from another process


class NotInLedger(SaysoError):
    """A document, a voice or an entity that the ledger does not hold, or holds several of."""


class InvalidCorrection(SaysoError):
    """A JSON object that is no correction, or one that leaves nothing of what it corrects."""


class UnusableFrame(SaysoError):
    """What was given for a data frame of reports is none, or lacks a column."""


class InvalidSearch(SaysoError):
    """What is looked for cannot be: no word in it, a date that is none, too much of it."""
