"""Files of a region, by their names inside its folder: on disk, or in a zip that is never unpacked to disk."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Protocol

from kapacitet.faults import system_message
from kapacitet.region.reading.limits import (
    MEGABYTE,
    MOST_COMPRESSED,
    MOST_PARTS,
    MOST_RATIO,
    MOST_UNCOMPRESSED,
    Refused,
)

_OLE = b"\xd0\xcf\x11\xe0"
"""First bytes of old Excel files and of workbooks with a password."""


class Files(Protocol):
    """Read access to the files of a region."""

    def names(self) -> list[str]:
        """Names of the files in the region's folder itself, sorted."""

    def read(self, name: str) -> bytes | None:
        """A file's bytes; None if there is no such file inside the folder."""


def is_inside(name: str) -> bool:
    """Whether a file name stays inside the folder it is relative to, on every system."""
    path = PurePosixPath(name)
    return (
        bool(path.parts)
        and not path.is_absolute()
        and ".." not in path.parts
        and not any(mark in name for mark in ("\\", ":", "\0"))
        and not name.startswith("~")
    )


class FolderFiles:
    """The files of a folder; links that lead out of it are not followed."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._left = MOST_UNCOMPRESSED

    def names(self) -> list[str]:
        return sorted(path.name for path in self._root.iterdir() if path.is_file())

    def read(self, name: str) -> bytes | None:
        path = (self._root / name).resolve()
        if not is_inside(name) or not path.is_relative_to(self._root) or not path.is_file():
            return None
        self._left -= path.stat().st_size
        if self._left < 0:
            raise Refused(f"Mappen fylder mere end {MOST_UNCOMPRESSED // MEGABYTE} MB.", "Del den op.", name)
        try:
            return path.read_bytes()
        except OSError as error:
            mend = system_message(error) or "Kontrollér filen og dens rettigheder."
            raise Refused("Filen kan ikke læses.", mend, name) from None


class ZipFiles:
    """The files of a zip; its one top folder, if it has one, is looked through."""

    def __init__(self, path: Path) -> None:
        self._archive = open_archive(path)
        self._parts = {part.filename for part in self._archive.infolist() if not _is_clutter(part.filename)}
        tops = {PurePosixPath(name).parts[0] for name in self._parts}
        nested = len(tops) == 1 and all("/" in name for name in self._parts)
        self._top = f"{tops.pop()}/" if nested else ""

    def names(self) -> list[str]:
        inner = (name.removeprefix(self._top) for name in self._parts)
        return sorted(name for name in inner if "/" not in name)

    def read(self, name: str) -> bytes | None:
        part = self._top + str(PurePosixPath(name))
        return read_part(self._archive, part) if part in self._parts else None


def _is_clutter(name: str) -> bool:
    return name.endswith("/") or name.startswith("__MACOSX/") or name.endswith(".DS_Store")


def open_archive(path: Path) -> zipfile.ZipFile:
    """Open a zip or workbook after looking at what it claims to hold.

    Raises:
        Refused: too large, a zip bomb, encrypted, with macros, links or names that lead out of it, or no zip.
    """
    name = path.name
    if path.stat().st_size > MOST_COMPRESSED:
        raise Refused(f"Filen fylder mere end {MOST_COMPRESSED // MEGABYTE} MB.", "Del den op.", name)
    data = path.read_bytes()
    if data.startswith(_OLE):
        mend = "Gem som .xlsx uden adgangskode."
        raise Refused("Filen er i et gammelt Excel-format eller har en adgangskode.", mend, name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        message = "Filen er beskadiget eller ikke af den type, navnet siger."
        raise Refused(message, "Gem den igen.", name) from None
    _inspect(archive, name)
    return archive


def _inspect(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise Refused(f"Filen rummer mere end {MOST_PARTS} dele.", "Fjern det overflødige.", name)
    if sum(part.file_size for part in parts) > MOST_UNCOMPRESSED:
        raise Refused(
            f"Filen fylder mere end {MOST_UNCOMPRESSED // MEGABYTE} MB, når den pakkes ud.", "Del den op.", name
        )
    seen: set[str] = set()
    for part in parts:
        _inspect_part(part, name)
        if part.filename in seen:
            raise Refused("Filen rummer samme navn to gange.", "Pak den igen.", name)
        seen.add(part.filename)


def _inspect_part(part: zipfile.ZipInfo, name: str) -> None:
    if not is_inside(part.filename.rstrip("/")):
        raise Refused("Filen rummer navne, der fører ud af dens mappe.", "Pak selve mappen igen.", name)
    if PurePosixPath(part.filename).name.casefold() == "vbaproject.bin":
        raise Refused("Filen rummer makroer.", "Gem som .xlsx uden makroer.", name)
    if part.flag_bits & 0x1:
        raise Refused("Filen er krypteret.", "Gem den uden adgangskode.", name)
    if stat.S_ISLNK(part.external_attr >> 16):
        raise Refused("Filen rummer genveje (links).", "Pak de rigtige filer i stedet.", name)
    if part.file_size > MEGABYTE and part.file_size > MOST_RATIO * max(part.compress_size, 1):
        raise Refused("Filen er pakket, så den svulmer op, når den læses.", "Gem den igen.", name)


def read_part(archive: zipfile.ZipFile, part: str) -> bytes:
    """A part's bytes; never more than it claims.

    Raises:
        Refused: the part is damaged.
    """
    try:
        return archive.read(part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise Refused("Filen er beskadiget.", "Gem eller pak den igen.", part) from None
