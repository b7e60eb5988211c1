"""Scenarios in requests and answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field

from kapacitet_api.problems import Place

ScenarioId = Annotated[
    str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$", description="Scenariets id.", examples=["basis"])
]
Number = Annotated[int, Path(ge=1, le=2**31 - 1, description="Versionens nummer.")]
OtherId = Annotated[str | None, Query(pattern=r"^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$")]
DatasetId = Annotated[
    str | None,
    Query(
        pattern=r"^[A-Za-z0-9._~-]{1,200}$",
        description="Det datasæt, scenariet kontrolleres mod; det nyeste, hvis det ikke er nævnt.",
    ),
]
NewId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,79}$", description="Små bogstaver, tal, - og _.")]
_LINE = r"^[^\x00-\x1f\x7f]*$"
NEW = {
    "id": "flere_fremtider",
    "base": "basis",
    "name": "Basis med større vækst",
    "content": {"demand": {"projection": "high"}},
    "note": "Til mødet i september",
}
TOML_TEXT = 'name = "Basis uden anlægsramme"\nregion = "syddanmark"\nbase = "uden_anlaegsramme"\n'


class NewScenario(BaseModel):
    """Et nyt scenarie: hele indholdet, en kopi af et andet, eller en kopi med ændringer."""

    model_config = ConfigDict(extra="forbid", strict=True)
    id: NewId
    name: str | None = Field(
        default=None, min_length=1, max_length=200, pattern=_LINE, description="Ellers indholdets name."
    )
    content: dict[str, Any] | None = Field(default=None, description="Scenariet; med base kun det, der ændres.")
    base: str | None = Field(
        default=None,
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$",
        description="Det scenarie, der kopieres; medfølgende scenarier også.",
    )
    base_version: int | None = Field(default=None, ge=1, le=2**31 - 1, description="Ellers den nyeste.")
    note: str = Field(default="", max_length=500, pattern=_LINE, description="Hvad der er nyt.")


class NewVersion(BaseModel):
    """En ny version af et scenarie."""

    model_config = ConfigDict(extra="forbid", strict=True)
    content: dict[str, Any] = Field(description="Hele scenariet.")
    note: str = Field(default="", max_length=500, pattern=_LINE, description="Hvad der er nyt.")


class Checked(BaseModel):
    """Et scenarie, der kontrolleres uden at gemmes."""

    model_config = ConfigDict(extra="forbid", strict=True)
    content: dict[str, Any]


class VersionBrief(BaseModel):
    """En version af et scenarie; den ændres aldrig."""

    version: int
    etag: str = Field(description="Sendes som If-Match, når den næste version gemmes.")
    note: str
    created_at: datetime
    created_by: str


class VersionList(BaseModel):
    """En side af versioner, de nyeste først."""

    items: list[VersionBrief]
    next: str | None = Field(default=None, description="Send det som after for at få den næste side.")


class ScenarioBrief(BaseModel):
    """Et scenarie og dets nyeste version."""

    id: str
    name: str
    region: str
    preset: bool = Field(description="Medfølger og kan ikke ændres; lav en kopi.")
    version: int
    created_at: datetime
    created_by: str
    saved_at: datetime


class ScenarioList(BaseModel):
    """En side af scenarier, de nyeste først."""

    items: list[ScenarioBrief]
    next: str | None = Field(default=None, description="Send det som after for at få den næste side.")


class Scenario(BaseModel):
    """En version af et scenarie med dens indhold."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "flere_fremtider",
                    "name": "Basis med større vækst",
                    "region": "syddanmark",
                    "preset": False,
                    "version": 1,
                    "note": "Til mødet i september",
                    "created_at": "2026-09-01T08:00:00Z",
                    "created_by": "key:5f0c1a52-7f0e-4a86-9d0c-0d7a2f0f5b11",
                    "content": {
                        "name": "Basis med større vækst",
                        "region": "syddanmark",
                        "demand": {"projection": "high"},
                    },
                    "effective": {
                        "name": "Basis med større vækst",
                        "demand": {"source": "tabel", "projection": "high"},
                    },
                    "faults": [],
                    "warnings": [],
                }
            ]
        }
    )
    id: str
    name: str
    region: str
    preset: bool
    version: int
    note: str
    created_at: datetime
    created_by: str
    content: dict[str, Any] = Field(description="Som det er gemt.")
    effective: dict[str, Any] | None = Field(description="Alle nøgler, med udgangspunktet og standardværdierne.")
    faults: list[Place] = Field(description="Fejl, som en nyere udgave af programmet finder i indholdet.")
    warnings: list[Place] = Field(default_factory=list, description="Fra kontrollen mod datasættet, når der gemmes.")


class CheckResult(BaseModel):
    """Hvad kontrollen af et scenarie finder."""

    usable: bool
    dataset: str | None = Field(description="Det datasæt, der er kontrolleret mod.")
    faults: list[Place]
    warnings: list[Place]
    effective: dict[str, Any] | None = Field(description="Alle nøgler, med udgangspunktet og standardværdierne.")


class Change(BaseModel):
    """En nøgle, hvis værdi er en anden."""

    key: str
    title: str
    unit: str
    old: Any = None
    new: Any = None
    text: str = Field(description="Forskellen som en sætning.")


class Side(BaseModel):
    """En version i en sammenligning."""

    id: str
    version: int
    name: str


class ScenarioDiff(BaseModel):
    """Forskellen fra et scenarie til et andet, efter udgangspunkt og standardværdier; navne tæller ikke."""

    model_config = ConfigDict(populate_by_name=True)
    old: Side = Field(alias="from")
    new: Side = Field(alias="to")
    changes: list[Change]
