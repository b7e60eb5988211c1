"""Regions and datasets in answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field

from kapacitet_api.problems import Place

RegionId = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9._-]{0,79}$", description="Regionens id.")]
Version = Annotated[int, Path(ge=1, le=2**31 - 1, description="Datasættets nummer.")]
TableName = Annotated[str, Path(pattern=r"^[a-z_]{1,60}$", description="Tabellens navn, fx offers.")]
Limit = Annotated[int, Query(ge=1, le=200)]


class DatasetBrief(BaseModel):
    """En version af en regions data; den ændres aldrig."""

    id: str
    region: str
    version: int
    title: str
    note: str
    input_hash: str = Field(description="Ens for ens indhold, uanset rækkefølge og filformat.")
    created_at: datetime
    created_by: str


class TableBrief(BaseModel):
    """En tabel i et datasæt."""

    name: str
    title: str
    rows: int


class Dataset(DatasetBrief):
    """Et datasæt med, hvad der er i det."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "syddanmark-1",
                    "region": "syddanmark",
                    "version": 1,
                    "title": "Region Syddanmark: botilbud til tre målgrupper",
                    "note": "Medfølger.",
                    "input_hash": "c4b127d6512e0c4b127d6512e0c4b127d6512e0c4b127d6512e0c4b127d6512e",
                    "created_at": "2026-09-01T08:00:00Z",
                    "created_by": "system",
                    "price_year": 2024,
                    "tables": [{"name": "offers", "title": "Tilbud", "rows": 64}],
                    "outlines": 22,
                    "usable": True,
                    "warnings": [],
                    "warning_count": 0,
                    "faults": [],
                    "fault_count": 0,
                }
            ]
        }
    )
    price_year: int | None
    tables: list[TableBrief]
    outlines: int = Field(description="Antal kommuner med omrids.")
    usable: bool = Field(description="Om denne udgave af programmet kan bruge datasættet.")
    warnings: list[Place] = Field(description="Tomt for en læser, der kun ser sin egen kommune.")
    warning_count: int
    faults: list[Place] = Field(description="Fejl, som en nyere udgave af programmet finder.")
    fault_count: int


class DatasetList(BaseModel):
    """En side af datasæt, de nyeste først."""

    items: list[DatasetBrief]
    next: str | None = Field(default=None, description="Send det som after for at få den næste side.")


class Region(BaseModel):
    """En region og dens nyeste datasæt."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "syddanmark",
                    "title": "Region Syddanmark: botilbud til tre målgrupper",
                    "newest": {
                        "id": "syddanmark-1",
                        "region": "syddanmark",
                        "version": 1,
                        "title": "Region Syddanmark: botilbud til tre målgrupper",
                        "note": "Medfølger.",
                        "input_hash": "c4b127d6512e0c4b127d6512e0c4b127d6512e0c4b127d6512e0c4b127d6512e",
                        "created_at": "2026-09-01T08:00:00Z",
                        "created_by": "system",
                    },
                    "datasets": 1,
                    "scenarios": 19,
                    "counts": {"municipalities": 22, "target_groups": 3, "offers": 64, "candidates": 76},
                }
            ]
        }
    )
    id: str
    title: str
    newest: DatasetBrief
    datasets: int
    scenarios: int
    counts: dict[str, int] = Field(description="Rækker i det nyeste datasæts vigtigste tabeller.")


class RegionList(BaseModel):
    """En side af regioner, efter id."""

    items: list[Region]
    next: str | None = Field(default=None, description="Send det som after for at få den næste side.")


class ColumnBrief(BaseModel):
    """En kolonne i en tabel."""

    name: str
    kind: str
    description: str
    unit: str | None = None


class TableRows(BaseModel):
    """En side af en tabel. Enhver række har kilde (source) og sikkerhed (evidence)."""

    table: str
    title: str
    columns: list[ColumnBrief]
    total: int = Field(description="Rækker i alt, som du kan se.")
    items: list[dict[str, Any]]
    next: str | None = Field(default=None, description="Send det som after for at få den næste side.")


class CellChange(BaseModel):
    """En værdi, der er ny, væk eller en anden."""

    column: str
    old: Any = None
    new: Any = None


class RowChange(BaseModel):
    """En række, der er ny, væk eller ændret."""

    table: str
    kind: Literal["added", "removed", "changed"]
    key: dict[str, Any]
    columns: list[CellChange]


class TableCounts(BaseModel):
    """Hvor mange rækker i en tabel der er nye, væk og ændrede."""

    table: str
    added: int
    removed: int
    changed: int


class Counts(BaseModel):
    """Hvor mange der er nye, væk og ændrede."""

    added: int
    removed: int
    changed: int


class DatasetDiff(BaseModel):
    """Forskellen fra en version til en anden; rækkefølgen af rækker tæller ikke."""

    model_config = ConfigDict(populate_by_name=True)
    old: int = Field(alias="from", description="Den version, der sammenlignes fra.")
    new: int = Field(alias="to", description="Den version, der sammenlignes med.")
    fields: list[CellChange] = Field(description="Regionens egne felter.")
    tables: list[TableCounts]
    outlines: Counts = Field(description="Kommuner, hvis omrids er nye, væk eller ændrede.")
    items: list[RowChange]
    next: str | None = Field(default=None, description="Send det som after for at få den næste side.")
