"""`sayso remove`: documents and everything made from them, out of a ledger."""

from __future__ import annotations

import click

from sayso.commands.said import FAILED, number, say, stop
from sayso.errors import SaysoError

_MOST_NAMED = 20

_EPILOG = """
\b
Examples:
  sayso remove strait.sayso 12 --dry-run
  sayso remove strait.sayso 12 15

sayso documents shows the numbers. All are removed or, if anything goes wrong, none. Copies of what is removed are
documents of their own and stay: the first takes its place. To get a document back, add it again.
"""


@click.command("remove", epilog=_EPILOG)
@click.argument("ledger")
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
@click.option("--dry-run", is_flag=True, help="Say what would be removed, and remove nothing.")
def command(ledger: str, documents: tuple[str, ...], dry_run: bool) -> None:
    """Remove documents from LEDGER with all that was read in them and all that was corrected.

    DOCUMENT is a number, as sayso documents shows it, or an id (sha256:…).
    """
    wanted = [int(name) if name.isascii() and name.isdigit() else name for name in documents]
    try:
        from sayso.ledger import Ledger
        from sayso.render.terminal import visible

        with Ledger(ledger, create=False) as opened:
            gone = opened.remove(wanted, dry_run=dry_run)
    except SaysoError as error:
        stop(str(error), FAILED)
    for entry in gone.documents[:_MOST_NAMED]:
        say(f"document {entry.key}: {visible(entry.title or entry.path or entry.url or entry.id[:19])}")
    if len(gone.documents) > _MOST_NAMED:
        say(f"… and {len(gone.documents) - _MOST_NAMED} more")
    parts = (number(len(gone.documents), "document"), number(gone.attributions, "attribution"))
    done = "would be" if dry_run else "were"
    say(f"{', '.join(parts)}, {number(gone.corrections, 'correction')} {done} removed{_kept(gone.copies)}")


def _kept(copies: int) -> str:
    if not copies:
        return ""
    return "; 1 copy of them stays" if copies == 1 else f"; {copies} copies of them stay"
