"""Sweeps in requests and answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from kapacitet_api.runs.schemas import Wanted

Goal = Literal["unmet", "private", "travel", "burden"]


class SweepRequest(Wanted):
    """En serie, der ønskes: et gitter af værdier for håndtag, eller en front mellem omkostning og et andet mål."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"scenario": "basis", "kind": "grid", "over": ["levers.takst_reduction=0,0.01,0.02"]},
                {"scenario": "basis", "kind": "pareto", "goals": ["private"], "points": 5},
            ]
        }
    )
    kind: Literal["grid", "pareto"] = "grid"
    over: list[Annotated[str, Field(max_length=4000)]] = Field(
        default_factory=list,
        max_length=6,
        description="Et gitter: hvert håndtag med sine værdier, skrevet som til kapacitet sweep --over.",
    )
    goals: list[Goal] = Field(
        default_factory=list, max_length=2, description="En front: et eller to mål ud over omkostningen."
    )
    points: int = Field(
        default=5, ge=2, le=20, description="En front: grænser for hvert mål, begge ender regnet med."
    )


class AxisInfo(BaseModel):
    """Et håndtag og dets værdier."""

    key: str
    title: str
    values: list[Any]


_SWEEP: dict[str, Any] = {
    "id": "0d6ad2a7-8ac5-4c0e-9a79-1f2e6b4a3c55",
    "kind": "grid",
    "name": "Basis",
    "dataset": "syddanmark-1",
    "scenario": "basis",
    "scenario_version": 1,
    "axes": [{"key": "levers.takst_reduction", "title": "Takstreduktion", "values": [0, 0.01, 0.02]}],
    "goals": [],
    "states": {"done": 2, "running": 1},
    "created_by": "key:0b0f7f5e-5d0a-4a46-8b5e-3a3f3f0a1c55",
    "created_at": "2026-11-23T08:15:00Z",
}
_POINT: dict[str, Any] = {
    "point": 1,
    "values": {"levers.takst_reduction": 0},
    "run": "5f0c1a52-7f0e-4a86-9d0c-0d7a2f0f5b11",
    "state": "done",
    "figures": {"objective": 11_458_440_682.9, "new_places": 200.0, "private_share": 0.1123, "unmet": 0.0},
}


class SweepSummary(BaseModel):
    """En serie."""

    model_config = ConfigDict(json_schema_extra={"examples": [_SWEEP]})
    id: str
    kind: Literal["grid", "pareto"]
    name: str
    dataset: str
    scenario: str
    scenario_version: int
    axes: list[AxisInfo] = Field(description="Gitterets håndtag, det sidste skifter hurtigst.")
    goals: list[str] = Field(description="Frontens mål ud over omkostningen.")
    states: dict[str, int] = Field(description="Antal kørsler i hver tilstand.")
    created_by: str
    created_at: datetime


class Point(BaseModel):
    """Et punkt: værdierne, kørslen, og nøgletal, når den er færdig. Beløb i kr."""

    point: int
    values: dict[str, Any] = Field(description="Håndtag og værdi; tom for en front.")
    run: str
    state: str
    figures: dict[str, float | str | bool | None] = Field(description="Nøgletal; tom, til kørslen er færdig.")


class Sweep(SweepSummary):
    """En serie med sine punkter."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**_SWEEP, "points": [_POINT]}]})
    points: list[Point]


class SweepList(BaseModel):
    """En side af serier, de nyeste først."""

    items: list[SweepSummary]
    next: str | None = Field(default=None, description="Send det som after for at få den næste side.")
