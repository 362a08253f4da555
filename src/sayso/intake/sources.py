"""What is given on a command line → the sources it means: files, those in folders, standard input."""

from __future__ import annotations

from sayso.intake.text import STDIN, sources

__all__ = ["STDIN", "sources"]
