"""`python -m sayso` is `sayso`: where the command begins, before anything that takes time is loaded."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; Ctrl-C while it is still being loaded is answered in a sentence too."""
    try:
        from sayso.cli import main as run
    except KeyboardInterrupt:
        sys.stderr.write("sayso: interrupted before anything was read\n")
        raise SystemExit(130) from None
    run(prog_name="sayso")


if __name__ == "__main__":
    main()
