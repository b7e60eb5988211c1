"""The result folder: ``result.json``, ``scenario.json`` and one CSV per table; written whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from kapacitet.faults import Fault, FaultyInput
from kapacitet.insight.result import Result
from kapacitet.scenario.models import Scenario

SUMMARY = "result.json"
SCENARIO = "scenario.json"
TEXT_COLUMNS = {
    "municipality", "owner", "offer", "from_offer", "to_offer", "party", "candidate", "project", "subject", "name",
    "target_group", "target_groups", "legal_basis", "kind", "evidence", "replaces", "blocks",
}  # fmt: skip


def write_tables(result: Result, folder: Path) -> None:
    """Write ``result`` into an existing, empty folder; floats as shortest round-trip text."""
    for name, table in result.tables.items():
        table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
    dump = result.scenario.model_dump(mode="json")
    (folder / SCENARIO).write_text(_json(dump), encoding="utf-8")
    (folder / SUMMARY).write_text(_json(dict(result.summary)), encoding="utf-8")


def read_result(folder: Path) -> Result:
    """The result in ``folder``.

    Raises:
        FaultyInput: the folder holds no result, or a file of it can't be read.
    """
    try:
        summary: dict[str, Any] = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
        scenario = Scenario.model_validate_json((folder / SCENARIO).read_text(encoding="utf-8"))
        tables = {path.stem: _read_table(path) for path in sorted(folder.glob("*.csv"))}
    except (OSError, ValueError) as error:
        raise FaultyInput(
            [
                Fault(
                    "Mappen indeholder ikke et helt resultat.",
                    "Kør scenariet igen, eller peg på en mappe, som kapacitet solve har skrevet.",
                    table=str(folder),
                )
            ]
        ) from error
    return Result(summary, scenario, tables)


def _read_table(path: Path) -> pd.DataFrame:
    """A table as it was written: only an empty cell is missing, whatever an id looks like."""
    return pd.read_csv(
        path,
        dtype={column: "str" for column in TEXT_COLUMNS},
        keep_default_na=False,
        na_values=[""],
    )


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"
