"""Folders as zip files that are the same bytes for the same content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

_DAY = (1980, 1, 1, 0, 0, 0)


def packed(files: Iterable[Path]) -> bytes:
    """A zip of ``files`` under their own names, in alphabetical order, without dates."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files, key=lambda path: path.name):
            entry = zipfile.ZipInfo(path.name, _DAY)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    return buffer.getvalue()


def unpacked(data: bytes, folder: Path) -> Path:
    """Lay out in ``folder`` what :func:`packed` has made; names that lead elsewhere are refused.

    Raises:
        ValueError: a name is more than a file's own.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name != Path(name).name or name in ("", ".", ".."):
                raise ValueError(f"a path in an archive: {name!r}")
            (folder / name).write_bytes(archive.read(name))
    return folder
