"""``python -m kapacitet.cli`` is the command ``kapacitet``."""

from kapacitet.cli.main import app

app(prog_name="kapacitet")
