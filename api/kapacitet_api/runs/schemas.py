"""Runs in requests and answers."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from kapacitet_api.runs.states import State

Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9._~-]+$", max_length=200)]
"""An id in a request."""


class Options(BaseModel):
    """Det, kørslen skal gøre anderledes end scenariet siger."""

    model_config = ConfigDict(extra="forbid", strict=True)
    gap: float | None = Field(
        default=None, ge=0, le=1, allow_inf_nan=False, description="Tilladt afstand til optimum."
    )
    time_limit: float | None = Field(
        default=None, gt=0, le=864_000, allow_inf_nan=False, description="Længste søgetid, sekunder."
    )
    seed: int | None = Field(default=None, ge=0, le=2**53, description="Startværdi for fremtiderne.")


class Wanted(BaseModel):
    """Det, der skal regnes på."""

    model_config = ConfigDict(extra="forbid", strict=True)
    scenario: Key = Field(description="Scenariets id.")
    scenario_version: int | None = Field(
        default=None, ge=1, le=2**31 - 1, description="Den nyeste, hvis den ikke er nævnt."
    )
    dataset: Key | None = Field(
        None, description="Datasættets id; det nyeste for scenariets region, hvis det mangler."
    )
    options: Options = Field(default_factory=lambda: Options())
    again: bool = Field(default=False, description="Regn, selv om det samme er regnet før.")


class RunRequest(Wanted):
    """En kørsel, der ønskes."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"scenario": "basis", "options": {"gap": 0.01}}]})


class CancelRequest(BaseModel):
    """Hvordan kørslen skal standse."""

    model_config = ConfigDict(extra="forbid", strict=True)
    keep_plan: bool = Field(default=False, description="Brug den bedste plan, der er fundet, som resultat.")


class Run(BaseModel):
    """En kørsel. Beløb i kr."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "5f0c1a52-7f0e-4a86-9d0c-0d7a2f0f5b11",
                    "name": "Basis",
                    "dataset": "syddanmark-1",
                    "scenario": "basis",
                    "scenario_version": 1,
                    "options": {"gap": 0.01},
                    "state": "running",
                    "phase": "Søger den bedste plan",
                    "share": 0.62,
                    "best": 8_123_000_000.0,
                    "bound": 8_090_000_000.0,
                    "gap": 0.0041,
                    "attempts": 1,
                    "created_by": "key:0b0f7f5e-5d0a-4a46-8b5e-3a3f3f0a1c55",
                    "created_at": "2026-11-23T08:15:00Z",
                    "started_at": "2026-11-23T08:15:01Z",
                    "input_hash": "c4b127d6512e0c4b127d6512e0c4b127d6512e0c4b127d6512e0c4b127d6512e",
                }
            ]
        }
    )
    id: str
    name: str
    dataset: str
    scenario: str
    scenario_version: int
    options: dict[str, Any]
    state: State
    phase: str = Field(default="", description="Hvad der sker, på dansk.")
    share: float = Field(default=0.0, description="Hvor stor en andel der omtrent er nået, 0 til 1.")
    best: float | None = Field(default=None, description="Den bedste plans omkostning.")
    bound: float | None = Field(default=None, description="Ingen plan kan koste mindre.")
    gap: float | None = Field(default=None, description="(best − bound)/best.")
    attempts: int
    created_by: str
    created_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
    error: dict[str, Any] | None = Field(
        default=None, description="Hvorfor kørslen mislykkedes, som problem details."
    )
    result: str | None = Field(default=None, description="SHA-256 af resultatet, når der er et.")
    reused_from: str | None = Field(default=None, description="Den færdige kørsel, svaret er taget fra.")
    published_at: datetime | None = None
    sweep: str | None = Field(default=None, description="Serien, kørslen er en del af.")
    input_hash: str


class RunList(BaseModel):
    """En side af kørsler, de nyeste først."""

    items: list[Run]
    next: str | None = Field(default=None, description="Send det som after for at få den næste side.")
