"""The contract of the public payload, version 1. It may grow; what it has stays (see :mod:`.compatibility`)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

VERSION = 1
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_HIDDEN = "Sandt, hvor tallet er skjult; så er value null."


class Count(BaseModel):
    """Et antal personer (helårspladser), afrundet til hele; null, hvor det er skjult."""

    value: int | None = Field(ge=0)
    skjult: bool = Field(description=_HIDDEN)


class Share(BaseModel):
    """En andel; null, hvor den er skjult, eller hvor der ingen pladser er."""

    value: float | None = Field(ge=0)
    skjult: bool = Field(description=_HIDDEN)


class PublicRegion(BaseModel):
    """Regionen."""

    id: str
    title: str


class PublicMunicipality(BaseModel):
    """En kommune."""

    code: str = Field(description="Kommunekode.")
    name: str


class PublicGroup(BaseModel):
    """En målgruppe; flere er tilbud, der er åbne for flere målgrupper."""

    id: str
    title: str


class Illustrative(BaseModel):
    """Hvor meget af data der er opfundet, så et eksempel kan køre."""

    rows: int = Field(ge=0, description="Rækker, der er opfundet.")
    of: int = Field(ge=0, description="Rækker i alt.")
    share: float = Field(ge=0, le=1, description="Andelen.")


class Row(BaseModel):
    """En kommunes tal for en målgruppe i et år; alle står for summen."""

    municipality: str = Field(description="Kommunekode, eller alle.")
    group: str = Field(description="Målgruppens id, eller alle.")
    year: int
    places: float = Field(ge=0, description="Pladser, der ligger i kommunen.")
    opened: float = Field(ge=0, description="Heraf åbnet i året efter planen.")
    demand: Count = Field(description="Kommunens borgeres behov.")
    served: Count = Field(description="Heraf dækket, også ved køb.")
    unmet: Count = Field(description="Heraf udækket.")
    residents: Count = Field(description="Borgere i pladserne, også fra andre kommuner.")
    occupancy: Share = Field(description="Belægning: residents/places.")


class Frame(BaseModel):
    """En kommunes anlægsramme i et år. Beløb i kr. i prisårets priser."""

    municipality: str
    year: int
    limit: float = Field(ge=0, description="Rammen.")
    used: float = Field(description="Træk på den efter lånepulje.")
    share: float | None = Field(description="used/limit; null, hvor rammen er 0.")


class Summary(BaseModel):
    """Det, sekretariatet har offentliggjort. Små tal er skjult, så ingen kan kendes."""

    model_config = ConfigDict(
        title="Kapacitet: dashboard/summary",
        json_schema_extra={
            "examples": [
                {
                    "version": 1,
                    "generated_at": "2026-11-23T08:15:00Z",
                    "run": "5f0c1a52-7f0e-4a86-9d0c-0d7a2f0f5b11",
                    "input_hash": "f99066506a993bd86048cf4011aec5ebe7b43ba6f27fcd0cc5b7dc0534fae5d9",
                    "region": {"id": "syddanmark", "title": "Region Syddanmark: botilbud til tre målgrupper"},
                    "scenario": "Basis",
                    "price_year": 2024,
                    "illustrative": {"rows": 1706, "of": 2727, "share": 0.6256},
                    "years": [2026],
                    "municipalities": [{"code": "410", "name": "Middelfart"}],
                    "groups": [{"id": "autisme", "title": "Autisme"}],
                    "rows": [
                        {
                            "municipality": "410",
                            "group": "autisme",
                            "year": 2026,
                            "places": 11.0,
                            "opened": 0.0,
                            "demand": {"value": 7, "skjult": False},
                            "served": {"value": 7, "skjult": False},
                            "unmet": {"value": 0, "skjult": False},
                            "residents": {"value": 11, "skjult": False},
                            "occupancy": {"value": 1.0, "skjult": False},
                        }
                    ],
                    "frames": [
                        {"municipality": "410", "year": 2026, "limit": 7_700_000.0, "used": 0.0, "share": 0.0}
                    ],
                    "footnote": "Antal under 5 er skjult, og så få andre, at de små ikke kan regnes ud. Nul vises.",
                }
            ]
        },
    )
    version: Literal[1] = Field(description="Udgave af denne kontrakt.")
    generated_at: datetime
    run: str = Field(description="Kørslens id.")
    input_hash: Sha256 = Field(description="Nøgle for det, der er regnet på.")
    region: PublicRegion
    scenario: str
    price_year: int
    illustrative: Illustrative
    years: list[int]
    municipalities: list[PublicMunicipality]
    groups: list[PublicGroup]
    rows: list[Row] = Field(description="Hver kommune, målgruppe og år, og summer.")
    frames: list[Frame]
    footnote: str = Field(description="Skal stå under tallene.")


class Publication(BaseModel):
    """En offentliggørelse."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "9c4d3a5e-5f0f-4a0e-8a5a-2f1f6a8c1b11",
                    "region": "syddanmark",
                    "run": "5f0c1a52-7f0e-4a86-9d0c-0d7a2f0f5b11",
                    "payload": "4d967a2fa0c1b3b6b0d5a3cfd8a8a0a7f1d6a9b0c3e2f4a5b6c7d8e9f0a1b2c3",
                    "published_at": "2026-11-23T08:15:00Z",
                    "published_by": "user:sekretariatet",
                    "ended_at": None,
                    "ended_by": None,
                }
            ]
        }
    )
    id: str
    region: str
    run: str
    payload: Sha256 = Field(description="SHA-256 af det offentliggjorte.")
    published_at: datetime
    published_by: str
    ended_at: datetime | None = Field(
        default=None, description="Afløst eller trukket tilbage; null, hvis den gælder."
    )
    ended_by: str | None = None


class PublicationList(BaseModel):
    """En side af offentliggørelser, de nyeste først."""

    items: list[Publication]
    next: str | None = Field(default=None, description="Send det som after for at få den næste side.")
