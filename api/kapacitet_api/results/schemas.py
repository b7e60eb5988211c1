"""Results in answers."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Scalar = str | float | int | bool | None
TableName = Annotated[str, Field(pattern=r"^[a-z_]+$", max_length=60)]


class ColumnInfo(BaseModel):
    """En kolonne."""

    name: str
    text: str = Field(description="Hvad den siger.")
    unit: str = Field(description="Enhed; tom, hvor der ingen er.")
    kind: Literal["text", "whole", "number", "boolean"]


class TableInfo(BaseModel):
    """En resultattabel."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "unmet",
                    "title": "Udækket behov",
                    "rows": 14,
                    "withheld": False,
                    "columns": [
                        {"name": "year", "text": "År", "unit": "årstal", "kind": "whole"},
                        {"name": "municipality", "text": "Kommunekode", "unit": "", "kind": "text"},
                    ],
                }
            ]
        }
    )
    name: str
    title: str
    rows: int | None = Field(description="Rækker, den, der spørger, kan se; null, hvor tabellen holdes tilbage.")
    withheld: bool = Field(description="Tabellen kan ikke ses af den, der spørger.")
    columns: list[ColumnInfo]


class TableList(BaseModel):
    """Kørslens tabeller."""

    run: str
    items: list[TableInfo]


class TablePage(BaseModel):
    """En side af en tabel, i tabellens rækkefølge."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "run": "5f0c1a52-7f0e-4a86-9d0c-0d7a2f0f5b11",
                    "name": "purchases",
                    "title": "Køb uden for de kendte tilbud",
                    "total": 184,
                    "items": [
                        {
                            "year": 2026,
                            "municipality": "479",
                            "target_group": "dom",
                            "term": "midlertidig",
                            "place_years": 1.0499999999999998,
                            "price": 3300000.0,
                            "cost": 3464999.9999999995,
                        }
                    ],
                    "next": 1,
                }
            ]
        }
    )
    run: str
    name: str
    title: str
    total: int = Field(description="Rækker i alt efter filtrering.")
    items: list[dict[str, Scalar]]
    next: int | None = Field(description="Send det som after for at få den næste side.")


class ChartInfo(BaseModel):
    """Et diagram."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"name": "behov", "title": "Hvem dækker behovet for pladser", "withheld": False}]
        }
    )
    name: str
    title: str
    withheld: bool = Field(description="Diagrammet kan ikke ses af den, der spørger.")


class ChartList(BaseModel):
    """De diagrammer, kørslen har noget at vise i."""

    run: str
    items: list[ChartInfo]


class Feature(BaseModel):
    """Et sted: en kommune, et tilbud eller en kandidat."""

    type: Literal["Feature"]
    geometry: dict[str, Any] | None
    properties: dict[str, Any]


class FeatureCollection(BaseModel):
    """GeoJSON (RFC 7946), WGS84."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "FeatureCollection",
                    "features": [
                        {
                            "type": "Feature",
                            "geometry": {"type": "Point", "coordinates": [9.4724, 55.4904]},
                            "properties": {
                                "kind": "candidate",
                                "id": "kom-621-dom-12-107",
                                "name": "Kommunalt botilbud i Kolding",
                                "municipality": "621",
                                "places": 12.0,
                                "chosen": True,
                                "opening_year": 2028,
                                "open": False,
                            },
                        }
                    ],
                }
            ]
        }
    )
    type: Literal["FeatureCollection"]
    features: list[Feature]


class CompareLine(BaseModel):
    """Én ting, der sammenlignes: et tal eller en tekst for hver plan."""

    part: str
    title: str
    values: list[float | str | None]
    texts: list[str]
    differs: list[bool] = Field(description="Om planen læses anderledes end den første.")


class CompareAnswer(BaseModel):
    """Planer side om side."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "runs": ["5f0c1a52-7f0e-4a86-9d0c-0d7a2f0f5b11", "a3f6ce0c-59d1-4a48-8a53-b1f1c1a58f02"],
                    "columns": ["Basis", "Ingen nye pladser"],
                    "lines": [
                        {
                            "part": "Byggeri",
                            "title": "Nye pladser",
                            "values": [200.0, 0.0],
                            "texts": ["200", "0"],
                            "differs": [False, True],
                        }
                    ],
                    "remarks": ["Planerne hviler på illustrative data."],
                }
            ]
        }
    )
    runs: list[str]
    columns: list[str]
    lines: list[CompareLine]
    remarks: list[str] = Field(description="Det, der skal vides, når tallene læses.")
