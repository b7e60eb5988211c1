"""Results as they lie in the database, a table at a time."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Hashable
from pathlib import Path
from typing import Any, cast

import pandas as pd
from fastapi import Request

from kapacitet.insight.result import Result
from kapacitet.insight.store import COLUMNS, SCENARIO, SUMMARY, read_table
from kapacitet.region import Region, load_region
from kapacitet.report.result_columns import Meaning, meaning
from kapacitet.scenario.models import Scenario
from kapacitet_api.blobs import repository as blobs
from kapacitet_api.database import Database
from kapacitet_api.problems import Problem
from kapacitet_api.results.shelf import Shelf

PARSED = 6
"""A region in memory, times its archive."""
_DTYPES: dict[str, Any] = {"text": "str", "number": "float64", "boolean": "boolean", "whole": "Int64"}


class Results:
    """Unpacked results and datasets of one process, the latest used ones kept."""

    def __init__(self, database: Database, most_bytes: int) -> None:
        self._database, self.shelf = database, Shelf(most_bytes)

    def archive(self, sha256: str) -> bytes:
        """The whole result as a zip file."""
        return self.shelf.get(("archive", sha256), lambda: self._blob(sha256), len)

    def summary(self, sha256: str) -> dict[str, Any]:
        """The content of ``result.json``, columns of the tables among it.

        Raises:
            Problem: 409, it is no result of a plan.
        """

        def read() -> dict[str, Any]:
            try:
                found: dict[str, Any] = json.loads(self._file(sha256, SUMMARY))
                found[COLUMNS].items()
            except (KeyError, ValueError, AttributeError, zipfile.BadZipFile):
                detail = "Resultatet er fra en udgave, der ikke kan vises. Regn kørslen igen."
                raise Problem("conflict", detail) from None
            return found

        return self.shelf.get(("summary", sha256), read, lambda found: 4 * len(json.dumps(found)))

    def table(self, sha256: str, name: str) -> pd.DataFrame:
        """One table with the types its columns are described with; not to be changed."""

        def read() -> pd.DataFrame:
            return typed(name, read_table(io.BytesIO(self._file(sha256, f"{name}.csv"))))

        return self.shelf.get(("table", sha256, name), read, lambda table: int(table.memory_usage(deep=True).sum()))

    def result(self, sha256: str) -> Result:
        """The whole result, as it is read from a folder; not to be changed.

        Raises:
            Problem: 409, it is no result of a plan.
        """

        def read() -> Result:
            summary = dict(self.summary(sha256))
            names = summary.pop(COLUMNS)
            scenario = Scenario.model_validate_json(self._file(sha256, SCENARIO))
            tables = {name: read_table(io.BytesIO(self._file(sha256, f"{name}.csv"))) for name in sorted(names)}
            return Result(summary, scenario, tables)

        def size(result: Result) -> int:
            return sum(int(table.memory_usage(deep=True).sum()) for table in result.tables.values())

        return self.shelf.get(("result", sha256), read, size)

    def region(self, sha256: str, over_occupancy: float) -> Region:
        """A dataset as the solving process reads it."""

        def read() -> Region:
            with tempfile.TemporaryDirectory(prefix="kapacitet-region-") as folder:
                path = Path(folder) / "region.zip"
                path.write_bytes(self._blob(sha256))
                return load_region(path, over_occupancy=over_occupancy)

        def size(region: Region) -> int:
            return PARSED * sum(int(table.memory_usage(deep=True).sum()) for table in region.tables.values())

        return self.shelf.get(("region", sha256, over_occupancy), read, size)

    def made(self, key: Hashable, make: Any) -> bytes:
        """Bytes made from a result, such as a chart."""
        found: bytes = self.shelf.get(key, make, len)
        return found

    def _blob(self, sha256: str) -> bytes:
        with self._database.read() as connection:
            return blobs.get(connection, sha256)

    def _file(self, sha256: str, name: str) -> bytes:
        with zipfile.ZipFile(io.BytesIO(self.archive(sha256))) as archive:
            return archive.read(name)


def results_of(request: Request) -> Results:
    """The results of the application a request came to."""
    return cast(Results, request.app.state.results)


def meaning_of(table: str, column: str, values: pd.Series) -> Meaning:
    """What a column says; one of a version that isn't this one's has its name alone."""
    try:
        return meaning(table, column)
    except KeyError:
        kind = "number" if pd.api.types.is_numeric_dtype(values) else "text"
        return Meaning(column, kind="number" if kind == "number" else "text")


def typed(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """A table with types by what its columns say, the same also where a column is empty."""
    columns = {}
    for column in map(str, table.columns):
        kind = meaning_of(name, column, table[column]).kind
        try:
            columns[column] = table[column].astype(_DTYPES[kind])
        except (ValueError, TypeError):  # of another version: as it was read
            columns[column] = table[column]
    return pd.DataFrame(columns, columns=list(table.columns))
