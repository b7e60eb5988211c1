"""``python -m kapacitet.cli`` is the command ``kapacitet``."""

from kapacitet.cli.start import main

main()
