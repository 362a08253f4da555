"""What every command says the same way: sentences on stderr, and how it ends."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import NoReturn, TextIO

import click

from sayso.types import Document

FAILED, INTERRUPTED = 1, 130


def say(sentence: str) -> None:
    """Say it on stderr, if anybody hears it."""
    try:
        click.echo(f"sayso: {sentence}", err=True)
    except OSError:  # nobody can hear us
        silence(sys.stderr)


def stop(sentence: str, code: int) -> NoReturn:
    """Say it, and end with that exit code."""
    say(sentence)
    sys.exit(code)


def silence(stream: TextIO | None) -> None:
    """Let go what could not be written to `stream`: Python would try once more at exit, and complain."""
    if stream is None:
        return
    with suppress(OSError):  # a stream in memory has no number
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def say_if_foreign(document: Document, name: str) -> None:
    """Say that a report seems to be in a language that Sayso does not read."""
    if document.language not in (None, "en"):
        say(f"{name}: seems to be in another language ({document.language}); Sayso reads English, expect little")


def number(count: int, what: str) -> str:
    """So many of what has a plain plural: "1 document", "2 documents"."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
