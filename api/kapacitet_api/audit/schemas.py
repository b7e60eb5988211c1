"""The record of who did what, in answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Entry(BaseModel):
    """En ændring."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": 412,
                    "at": "2026-11-23T08:15:00Z",
                    "who": "user:5f0c1a52-7f0e-4a86-9d0c-0d7a2f0f5b11",
                    "what": "run.create",
                    "object": "0b0f7f5e-5d0a-4a46-8b5e-3a3f3f0a1c55",
                    "input_hash": "c4b127d6512e0c4b127d6512e0c4b127d6512e0c4b127d6512e0c4b127d6512e",
                    "detail": {"scenario": "basis"},
                }
            ]
        }
    )
    id: int
    at: datetime
    who: str = Field(description="Hvem: user:…, key:… eller system.")
    what: str = Field(description="Hvad: slags og udsagnsord, som run.create.")
    object: str = Field(description="Det, der blev gjort noget ved.")
    input_hash: str | None = Field(description="SHA-256 af en kørsels input.")
    detail: Any = Field(description="Mere om ændringen.")


class EntryList(BaseModel):
    """En side af ændringer, de nyeste først."""

    items: list[Entry]
    next: str | None = Field(default=None, description="Send det som after for at få den næste side.")
