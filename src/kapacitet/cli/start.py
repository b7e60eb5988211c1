"""Where the command ``kapacitet`` begins: Ctrl-C while the rest is loading ends it without a traceback."""

from __future__ import annotations

import sys

from kapacitet.cli import statuses


def main() -> None:
    """Load the command line and run it."""
    try:
        from kapacitet.cli.main import app

        app(prog_name="kapacitet")
    except KeyboardInterrupt:
        sys.exit(statuses.INTERRUPTED)
