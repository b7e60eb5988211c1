"""What commands that write a folder of several plans have in common."""

from __future__ import annotations

from pathlib import Path

from kapacitet.faults import Fault, FaultyInput, system_message


def place_for(folder: Path, marker: str) -> None:
    """Make the folder, unless something else is there.

    Raises:
        FaultyInput: a file, a folder with content but without ``marker``, or one that can't be made.
    """
    try:
        if folder.exists() and not folder.is_dir():
            fault = Fault(
                "Stien til --out er en fil, ikke en mappe.", "Vælg en ny eller tom mappe.", value=str(folder)
            )
            raise FaultyInput([fault])
        if folder.is_dir() and any(folder.iterdir()) and not (folder / marker).is_file():
            message = "Mappen til --out har indhold, der ikke er fra denne kommando, og røres ikke."
            raise FaultyInput([Fault(message, "Vælg en anden mappe.", value=str(folder))])
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FaultyInput([Fault(system_message(error, folder), value=str(folder))]) from None
