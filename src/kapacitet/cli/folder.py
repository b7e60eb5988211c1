"""The result folder: written whole beside its place, then put there by a rename.

What a user has laid in an old result folder is kept; what the old result consists of goes. ``result.json`` lists the
files of a result under ``files``, and a folder without ``result.json`` is not taken for a result.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kapacitet.faults import Fault, FaultyInput, system_message

MARKER = "result.json"
FILES = "files"


def refuse_unfit(folder: Path, force: bool) -> None:
    """Refuse a place where no result can be put.

    Raises:
        FaultyInput: the path is a file, or a folder with content that is no result while ``force`` is off.
    """
    try:
        if folder.exists() and not folder.is_dir():
            mend = "Vælg en ny eller tom mappe."
            raise FaultyInput([_fault(folder, "Stien til --out er en fil, ikke en mappe.", mend)])
        foreign = folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).is_file()
    except OSError as error:
        raise FaultyInput([_refused(folder, error)]) from None
    if foreign and not force:
        message = "Mappen til --out har indhold, der ikke er et resultat, og overskrives ikke."
        mend = "Vælg en anden mappe, eller brug --force: så lægges resultatet ved siden af det, der er der."
        raise FaultyInput([_fault(folder, message, mend)])


@dataclass(frozen=True, slots=True)
class Stage:
    """A folder to write a result in (``folder``) before it is put where it belongs."""

    folder: Path
    _target: Path

    def place(self) -> None:
        """Let what is written take the place of the target folder.

        Raises:
            OSError: that can't be done; the target is as it was.
        """
        _place(self.folder, self._target)


@contextmanager
def staging(target: Path) -> Iterator[Stage]:
    """A stage beside ``target``; what hasn't been placed at the end is removed, and nothing else is left behind.

    Raises:
        FaultyInput: nothing can be written there.
    """
    target = target.resolve()
    made = [parent for parent in target.parents if not parent.exists()]
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = _temporary(target)
    except OSError as error:
        _remove_empty(made)
        raise FaultyInput([_refused(target, error)]) from None
    try:
        yield Stage(temporary, target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        _remove_empty(made)


def contents(folder: Path) -> list[str]:
    """Names of the files in ``folder``, sorted."""
    return sorted(path.name for path in folder.iterdir())


def _fault(folder: Path, message: str, mend: str) -> Fault:
    return Fault(message, mend, value=str(folder))


def _refused(folder: Path, error: OSError) -> Fault:
    return _fault(folder, f"Mappen til --out kan ikke skrives. {system_message(error, folder.parent)}".strip(), "")


def _remove_empty(folders: list[Path]) -> None:
    """Remove those of ``folders`` (innermost first) that hold nothing."""
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()


def _temporary(folder: Path) -> Path:
    """A new folder beside ``folder``; inside it where only that may be written (a mounted drive)."""
    prefix = f".{folder.name}-"
    try:
        made = Path(tempfile.mkdtemp(prefix=prefix, dir=folder.parent))
    except PermissionError:
        if not folder.is_dir():
            raise
        made = Path(tempfile.mkdtemp(prefix=prefix, dir=folder))
    mask = os.umask(0)
    os.umask(mask)
    made.chmod(0o777 & ~mask)
    return made


def _place(temporary: Path, folder: Path) -> None:
    """Put the finished result at ``folder``, which may hold an older one."""
    if not folder.exists():
        temporary.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-gammel-", dir=temporary.parent))
    try:
        folder.rename(old)
    except OSError:
        old.rmdir()
        _place_one_by_one(temporary, folder)
        return
    try:
        temporary.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    own = _own_files(old)
    for path in old.iterdir():
        if path.name not in own and not (folder / path.name).exists():
            path.rename(folder / path.name)
    shutil.rmtree(old, ignore_errors=True)


def _place_one_by_one(temporary: Path, folder: Path) -> None:
    """For a folder that can't be renamed (a mounted drive): the marker goes first and comes last."""
    own = _own_files(folder)
    for name in sorted(own, key=lambda name: name != MARKER):
        (folder / name).unlink(missing_ok=True)
    for path in sorted(temporary.iterdir(), key=lambda path: path.name == MARKER):
        path.replace(folder / path.name)


def _own_files(folder: Path) -> set[str]:
    """Files in ``folder`` that belong to the result there: never more than plain names it lists itself."""
    try:
        listed = json.loads((folder / MARKER).read_text(encoding="utf-8")).get(FILES, [])
        names = {name for name in listed if isinstance(name, str) and name == Path(name).name}
    except (OSError, ValueError, AttributeError, TypeError):
        names = set()
    return {name for name in {MARKER, *names} if (folder / name).is_file()}
