"""Whatever goes wrong is told in Danish; no traceback reaches the user."""

from __future__ import annotations

import errno
import signal
from pathlib import Path

import pytest
import typer
from pulp.constants import PulpError
from typer.testing import CliRunner

from kapacitet.cli.danish import DanishCommand, DanishGroup
from kapacitet.cli.interruption import GivenUp, Interruption
from kapacitet.cli.main import app
from kapacitet.cli.start import main
from kapacitet.faults import Fault, FaultyInput
from kapacitet.insight.run import write_model


def failing(error: BaseException) -> typer.Typer:
    """A command line whose one command fails with ``error``."""
    app = typer.Typer(cls=DanishGroup, add_completion=False)

    @app.callback()
    def every() -> None:
        pass

    @app.command("fejl", cls=DanishCommand)
    def fail() -> None:
        raise error

    return app


def test_faults_are_all_told() -> None:
    faults = [Fault("Et.", "Ret et.", table="offers", row=2), Fault("To.", severity="advarsel"), Fault("Tre.")]
    told = CliRunner().invoke(failing(FaultyInput(faults)), ["fejl"])
    assert told.exit_code == 2
    assert told.stderr == (
        "2 fejl\n------\n- tabel offers, række 2: Et. Ret et.\n- Tre.\n1 advarsel\n----------\n- To.\n"
    )


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "Disken er fuld."),
        (PermissionError(errno.EACCES, "Permission denied", "/x/y"), "Der mangler adgang til «/x/y»."),
        (FileNotFoundError(errno.ENOENT, "No such file", "a.md"), "«a.md» findes ikke."),
        (FileExistsError(errno.EEXIST, "File exists", "a"), "«a» findes allerede og er ikke en mappe."),
        (MemoryError(), "Hukommelsen slap op."),
    ],
)
def test_what_the_system_refuses(error: Exception, said: str) -> None:
    told = CliRunner().invoke(failing(error), ["fejl"])
    assert told.exit_code == 1
    assert said in told.stderr and "Traceback" not in told.stderr


def test_the_unexpected_goes_to_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    told = CliRunner().invoke(failing(ZeroDivisionError("intern")), ["fejl"])
    assert told.exit_code == 1
    assert "uventet fejl" in told.stderr and "ZeroDivisionError" not in told.stderr
    (log,) = tmp_path.iterdir()
    assert str(log) in told.stderr
    assert "ZeroDivisionError: intern" in log.read_text(encoding="utf-8")


def test_ctrl_c_outside_a_solve() -> None:
    told = CliRunner().invoke(failing(KeyboardInterrupt()), ["fejl"])
    assert told.exit_code == 130
    assert told.stderr == "Afbrudt.\n"


def test_an_exit_status_is_kept() -> None:
    assert CliRunner().invoke(failing(typer.Exit(3)), ["fejl"]).exit_code == 3


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_first_signal_asks_second_gives_up(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    number = getattr(signal, name)
    before = signal.getsignal(number)
    with Interruption("de fremtider, der er regnet", "Noget er gemt.") as interruption:
        assert not interruption.asked()
        signal.raise_signal(number)
        assert interruption.asked()
        with pytest.raises(GivenUp, match=r"^Afbrudt\. Noget er gemt\.$"):
            signal.raise_signal(number)
    assert signal.getsignal(number) is before
    said = "Standser og beholder de fremtider, der er regnet. Tryk Ctrl-C igen for at afbryde helt."
    assert capfd.readouterr().err.strip() == said


@pytest.mark.parametrize(
    ("words", "keeps"),
    [
        (["solve", "basis", "--out", "x"], "den bedste plan, der er fundet"),
        (["gains", "basis"], "det, der er fundet"),
        (["stress", "plan"], "de fremtider, der er regnet"),
        (["sweep", "basis", "--over", "a=1", "--out", "x"], "de punkter, der er regnet"),
        (["pareto", "basis", "--out", "x"], "det, der er fundet"),
        (["explain", "plan"], "det, der er regnet"),
    ],
)
def test_each_command_says_what_it_keeps(
    words: list[str], keeps: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> int:
        signal.raise_signal(signal.SIGINT)
        return 0

    monkeypatch.setattr(f"kapacitet.cli.{words[0]}.{words[0]}", interrupted)
    assert CliRunner().invoke(app, words).exit_code == 0
    assert f"Standser og beholder {keeps}." in capfd.readouterr().err


def test_ctrl_c_while_loading(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kapacitet.cli.main.app", interrupted)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130


def test_a_model_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    class Full:
        def writeLP(self, _: str) -> None:
            raise PulpError("No space left on device (os error 28)")

    with pytest.raises(OSError) as refused:
        write_model(Full(), tmp_path / "m.lp")
    assert refused.value.errno == errno.ENOSPC
