"""The result folder: ``result.json``, ``scenario.json`` and one CSV per table; written whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO, Any

import pandas as pd

from kapacitet.faults import Fault, FaultyInput
from kapacitet.insight.result import Result
from kapacitet.scenario.models import Scenario

SUMMARY = "result.json"
SCENARIO = "scenario.json"
COLUMNS = "columns_by_table"
"""In ``result.json``: the columns of every table, so that a damaged result is known when it is read."""
TEXT_COLUMNS = {
    "municipality", "owner", "offer", "from_offer", "to_offer", "party", "candidate", "project", "subject", "name",
    "target_group", "target_groups", "legal_basis", "kind", "evidence", "replaces", "blocks",
    "candidate_before", "payer", "payee", "party_name", "role", "scheme", "rule", "subscriber", "refused_by",
}  # fmt: skip


def write_tables(result: Result, folder: Path) -> None:
    """Write ``result`` into an existing, empty folder; floats as shortest round-trip text."""
    for name, table in result.tables.items():
        table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
    dump = result.scenario.model_dump(mode="json")
    (folder / SCENARIO).write_text(_json(dump), encoding="utf-8")
    columns = {name: [str(column) for column in table.columns] for name, table in result.tables.items()}
    (folder / SUMMARY).write_text(_json({**result.summary, COLUMNS: columns}), encoding="utf-8")


def read_result(folder: Path) -> Result:
    """The result in ``folder``.

    Raises:
        FaultyInput: the folder holds no result, or a file of it can't be read.
    """
    try:
        summary: dict[str, Any] = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
        scenario = Scenario.model_validate_json((folder / SCENARIO).read_text(encoding="utf-8"))
        columns: dict[str, list[str]] = summary.pop(COLUMNS)
        if any(name != Path(name).name for name in columns):
            raise ValueError("a table outside the folder")
        tables = {name: read_table(folder / f"{name}.csv") for name in sorted(columns)}
        changed = [f"{name}.csv" for name, table in tables.items() if list(table.columns) != columns[name]]
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise FaultyInput([_broken(folder, "Mappen indeholder ikke et helt resultat.")]) from error
    if changed:
        raise FaultyInput([_broken(folder, f"Resultatets kolonner er ændret i {', '.join(changed)}.")])
    return Result(summary, scenario, tables)


def _broken(folder: Path, message: str) -> Fault:
    mend = "Kør scenariet igen, eller peg på en mappe, som kapacitet solve har skrevet."
    return Fault(message, mend, value=str(folder))


def read_table(source: Path | IO[bytes]) -> pd.DataFrame:
    """A table as it was written: only an empty cell is missing, whatever an id looks like."""
    return pd.read_csv(
        source,
        dtype={column: "str" for column in TEXT_COLUMNS},
        keep_default_na=False,
        na_values=[""],
    )


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"
