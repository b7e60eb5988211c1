"""The Makefile finds an interpreter by running it, says what is missing, and bears spaces in paths."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.project import ROOT

MAKE = shutil.which("make")
pytestmark = pytest.mark.skipif(MAKE is None, reason="make is not installed")

FAILING_SHIM = "#!/bin/sh\necho 'command not found' >&2\nexit 127\n"
TOO_OLD = "#!/bin/sh\nexit 1\n"
WITHOUT_VENV = '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1;; esac\nexit 0\n'
GOOD = """#!/bin/sh
case "$*" in
    "-m venv"*) mkdir -p .venv/bin && cp "$0" .venv/bin/python && echo made by "$0" >> log;;
    "-m pip"*) echo "pip $*" >> log;;
    *) test -x "$0";;
esac
"""


def checkout(folder: Path, interpreters: Mapping[str, str]) -> Path:
    """A copy of what the set-up reads, in a path with spaces, and a ``bin`` with these interpreters alone."""
    home = folder / "et sted med mellemrum"
    (home / "bin").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, home)
    for tool in ("mkdir", "cp", "touch", "rm"):
        (home / "bin" / tool).symlink_to(str(shutil.which(tool)))
    for name, script in interpreters.items():
        path = home / "bin" / name
        path.write_text(script)
        path.chmod(0o755)
    return home


def make(folder: Path, *arguments: str, path: str) -> subprocess.CompletedProcess[str]:
    """Run make in ``folder`` with ``path`` as the whole search path."""
    return subprocess.run(
        [str(MAKE), *arguments],
        cwd=folder,
        env={"PATH": path, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_first_interpreter_that_runs_and_is_new_enough_is_used(tmp_path: Path) -> None:
    home = checkout(tmp_path, {"python3.13": FAILING_SHIM, "python3.12": TOO_OLD, "python3": GOOD})
    done = make(home, "setup", path=str(home / "bin"))
    assert done.returncode == 0, done.stderr
    log = (home / "log").read_text()
    assert f"made by {home / 'bin' / 'python3'}\n" in log
    assert "--constraint constraints.txt --editable .[dev]" in log
    assert (home / ".venv" / ".stamp").exists()


def test_a_second_run_installs_nothing(tmp_path: Path) -> None:
    home = checkout(tmp_path, {"python3": GOOD})
    make(home, "setup", path=str(home / "bin"))
    before = (home / "log").read_text()
    done = make(home, "setup", path=str(home / "bin"))
    assert done.returncode == 0, done.stderr
    assert (home / "log").read_text() == before


@pytest.mark.parametrize("interpreters", [{}, {"python3.13": FAILING_SHIM, "python3": TOO_OLD}])
def test_a_missing_python_is_said_in_danish_and_english(tmp_path: Path, interpreters: dict[str, str]) -> None:
    home = checkout(tmp_path, interpreters)
    done = make(home, "setup", path=str(home / "bin"))
    assert done.returncode != 0
    assert "Python 3.12 eller nyere blev ikke fundet" in done.stderr
    assert "Python 3.12 or newer was not found" in done.stderr
    assert not (home / ".venv").exists()


def test_a_python_without_venv_is_said(tmp_path: Path) -> None:
    home = checkout(tmp_path, {"python3": WITHOUT_VENV})
    done = make(home, "setup", path=str(home / "bin"))
    assert done.returncode != 0
    assert "python3 mangler modulerne venv og ensurepip" in done.stderr


@pytest.mark.parametrize(
    ("target", "command"),
    [
        ("run", "kapacitet solve basis --out results/basis"),
        ("test", "pytest"),
        ("lint", "ruff check ."),
        ("bench", "kapacitet bench"),
        ("clean", "rm -rf"),
        ("help", "make run"),
    ],
)
def test_each_target_plans_its_command(target: str, command: str) -> None:
    done = make(ROOT, "--dry-run", target, path=os.environ["PATH"])
    assert done.returncode == 0, done.stderr
    assert command in done.stdout


def test_ci_runs_all_tests() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "make test" in script.read_text("utf-8")
