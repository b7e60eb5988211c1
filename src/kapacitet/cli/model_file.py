"""The file of ``--write-model``: written beside its place, then put there by a rename."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kapacitet.faults import Fault, FaultyInput, system_message


@contextmanager
def staged_file(target: Path | None) -> Iterator[Path | None]:
    """A path to write the model to, which replaces ``target`` at the end if it was written and nothing went wrong.

    Raises:
        FaultyInput: the target is a folder, or lies where nothing can be written.
    """
    if target is None:
        yield None
        return
    if target.is_dir():
        raise FaultyInput([_fault(target, "Stien til --write-model er en mappe, ikke en fil.")])
    if not target.resolve().parent.is_dir():
        raise FaultyInput([_fault(target, "Mappen, som --write-model skal skrive i, findes ikke.")])
    try:
        folder = tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.resolve().parent)
    except OSError as error:
        reason = system_message(error, target.parent) or "Vælg et andet sted."
        message = "Filen til --write-model kan ikke skrives."
        raise FaultyInput([Fault(message, reason, value=str(target))]) from None
    with folder as name:
        path = Path(name) / target.name
        yield path
        if path.exists():
            path.replace(target)


def _fault(target: Path, message: str) -> Fault:
    return Fault(message, "Vælg et andet sted.", value=str(target))
