"""Files of the commands that write tables and a summary beside each other."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from kapacitet.region.writing.folder import replace_file


def write_table(path: Path, table: pd.DataFrame) -> None:
    """Write a table as CSV, whole or not at all; floats as shortest round-trip text."""
    replace_file(path, table.to_csv(index=False, lineterminator="\n").encode())


def write_json(path: Path, data: Mapping[str, Any], other: Callable[[Any], Any] | None = None) -> None:
    """Write JSON with sorted keys, whole or not at all; ``other`` gives what stands for values JSON doesn't have."""
    text = json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False, default=other) + "\n"
    replace_file(path, text.encode())
