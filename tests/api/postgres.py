"""A PostgreSQL server of the tests' own: found or installed, on loopback, in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.api.ports import free_port

PATIENCE = 300
NOBODY = "postgres"


@contextmanager
def server() -> Iterator[str]:
    """The address of a new server, without the name of a database."""
    programs = program_folder()
    home = Path(tempfile.mkdtemp(prefix="kapacitet-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(home, NOBODY, NOBODY)
        port, data = free_port(), home / "data"
        _run([programs / "initdb", "-D", data, "-U", "kap", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"])
        options = f"-c listen_addresses=127.0.0.1 -p {port} -k {home} -c fsync=off -c max_connections=300"
        _run([programs / "pg_ctl", "-D", data, "-o", options, "-l", home / "log", "-w", "start"])
        try:
            yield f"postgresql://kap@127.0.0.1:{port}"
        finally:
            _run([programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"])
    finally:
        shutil.rmtree(home, ignore_errors=True)


def restart(url: str) -> None:
    """Stop the server at ``url``, whatever is going on in it, and start it again.

    Fast, not immediate: a sequence in a fresh copy of a template isn't in the log yet, and would go back.
    """
    port = url.rsplit(":", 1)[1].split("/")[0]
    for home in Path(tempfile.gettempdir()).glob("kapacitet-pg-*"):
        data = home / "data"
        told = data / "postmaster.pid"
        if told.is_file() and told.read_text().splitlines()[3] == port:
            _run([program_folder() / "pg_ctl", "-D", data, "-m", "fast", "-w", "-l", home / "log", "restart"])


def program_folder() -> Path:
    """The folder with initdb, installed with apt-get if it is nowhere."""
    for _ in range(2):
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        if found:
            return found[-1].parent
        on_path = shutil.which("initdb")
        if on_path:
            return Path(on_path).resolve().parent
        if os.geteuid() == 0 and shutil.which("apt-get"):
            environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            for words in (["update"], ["install", "-y", "--no-install-recommends", "postgresql"]):
                subprocess.run(["apt-get", "-q", *words], env=environment, check=True, timeout=PATIENCE)
    raise RuntimeError(
        "PostgreSQL is needed for the tests: install the package postgresql, or put initdb on the path"
    )


def _run(words: Sequence[str | Path]) -> None:
    """Run a program of PostgreSQL, which refuses to be root."""
    before = ["runuser", "-u", NOBODY, "--"] if os.geteuid() == 0 else []
    command = [*before, *map(str, words)]
    # Not captured by a pipe: the server that pg_ctl starts would keep it open.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(command, cwd="/", stdout=output, stderr=subprocess.STDOUT, timeout=PATIENCE)
        output.seek(0)
        if done.returncode:
            raise RuntimeError(f"{command[-4:]}: {output.read().decode(errors='replace')[-2000:]}")
