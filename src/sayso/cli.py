"""The command line. What goes wrong is one sentence on stderr and an exit code."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

import click

from sayso.commands.said import FAILED, silence, stop
from sayso.version import __version__

COMMANDS = (
    "read", "open", "add", "documents", "search", "voices", "outlets", "names", "naming", "timeline", "sourcing",
    "compare", "claim", "origins", "contradictions", "reuse", "merge", "split", "remove", "export", "import", "archive",
)  # fmt: skip
"""Each is a file of that name in `sayso.commands`, whose `command` it is."""
_FILES = {"import": "import_"}
"""The files of those that Python has another use for."""


class _Commands(click.Group):
    """The commands of Sayso, each loaded when it is called, with a word of help where a path stands in place of one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"sayso.commands.{_FILES.get(cmd_name, cmd_name)}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            if os.path.exists(args[0]):
                raise click.UsageError(f"to read {args[0]}, say: sayso read {args[0]}", ctx) from None
            raise

    def main(self, *args: Any, **extra: Any) -> Any:
        try:
            return super().main(*args, **extra)
        except OSError as error:  # of what Click writes by itself: the help and the version
            silence(sys.stdout)
            stop(f"standard output: it cannot be written ({(error.strerror or str(error)).lower()})", FAILED)


def _version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        from sayso.model import DEFAULT  # loads numpy, which nothing else here needs yet

        click.echo(f"sayso {__version__}, model {DEFAULT}")
        context.exit()


@click.group(cls=_Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version and the model, and exit.",
)
@click.pass_context
def main(context: click.Context) -> None:
    """Read news reports and see on whose say-so every statement stands."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
