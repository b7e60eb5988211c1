"""Every way a command can fail, said in a short Danish sentence; a traceback goes to a file, never to the user."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import typer

from kapacitet.cli import statuses
from kapacitet.cli.interruption import GivenUp
from kapacitet.faults import FaultyInput, system_message


@contextmanager
def told() -> Iterator[None]:
    """Turn whatever goes wrong inside into a Danish message and an exit status.

    Raises:
        typer.Exit: with the status; 2 with every fault for faulty input.
    """
    try:
        yield
    except FaultyInput as error:
        from kapacitet.cli.speech import tell_faults

        tell_faults(error.faults)
        raise typer.Exit(statuses.FAULTY) from None
    except GivenUp as given_up:
        _say(str(given_up))
        sys.stderr.flush()
        os._exit(statuses.NO_PLAN)  # a solver thread may still run; nothing of it is wanted
    except KeyboardInterrupt:
        _say("Afbrudt.")
        raise typer.Exit(statuses.INTERRUPTED) from None
    except BrokenPipeError:
        _silence_output()
        raise typer.Exit(statuses.UNEXPECTED) from None
    except MemoryError:
        _say("Hukommelsen slap op. Luk andre programmer, eller vælg et kortere tidsrum i scenariet.")
        raise typer.Exit(statuses.UNEXPECTED) from None
    except OSError as error:
        _say(system_message(error) or _unexpected())
        raise typer.Exit(statuses.UNEXPECTED) from None
    except Exception as error:
        if _speaks_for_itself(error):
            raise
        _say(_unexpected())
        raise typer.Exit(statuses.UNEXPECTED) from None


def _speaks_for_itself(error: Exception) -> bool:
    """Typer's own ways out: an exit, or an error in how the command was called."""
    return isinstance(error, typer.Exit | typer.Abort) or hasattr(error, "format_message")


def _unexpected() -> str:
    """Write the traceback of the error being handled to a file of its own, and say where."""
    message = "Der skete en uventet fejl, og arbejdet kunne ikke gøres færdigt."
    with suppress(OSError):
        number, name = tempfile.mkstemp(prefix="kapacitet-fejl-", suffix=".log")
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(traceback.format_exc())
        return f"{message} Detaljerne står i {Path(name)}; vedlæg filen, når du melder fejlen."
    return message


def _say(text: str) -> None:
    with suppress(OSError, ValueError):
        print(text, file=sys.stderr)


def _silence_output() -> None:
    """Nobody reads any more: let the interpreter's own flush at exit go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
