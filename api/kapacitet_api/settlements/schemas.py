"""Settlements in answers. Amounts are kr. as text with two decimals, never floating-point numbers."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Kroner = Annotated[
    str, Field(pattern=r"^-?[0-9]+\.[0-9]{2}$", description="Kr. med to decimaler.", examples=["-12.50"])
]
CASE: dict[str, Any] = {
    "offer": {
        "name": "Nyt botilbud i Varde",
        "owner": "573",
        "places": 20,
        "fixed_cost": 40000000,
        "variable_cost": 526315.79,
        "budgeted_occupancy": 0.95,
    },
    "use": [
        {"year": 2026, "municipality": "573", "place_years": 4},
        {"year": 2026, "municipality": "561", "place_years": 6},
    ],
    "scheme": {"subscriptions": {"561": 8}, "key": {"573": 49798, "561": 115423}},
}
CASE_TOML = """[offer]
name = "Nyt botilbud i Varde"
owner = "573"
places = 20
fixed_cost = 40_000_000
variable_cost = 526_315.79
budgeted_occupancy = 0.95
[[use]]
year = 2026
municipality = "573"
place_years = 4
[[use]]
year = 2026
municipality = "561"
place_years = 6
[scheme]
name = "standard"
"""


class CaseBody(BaseModel):
    """En sag, med de samme felter som filen til kapacitet settle (se docs/eksempler/settle.toml)."""

    model_config = ConfigDict(extra="forbid")
    region: str | None = Field(default=None, description="En regions id: giver navne, nøgler og hvem der er udenfor.")
    external: list[str] | None = Field(default=None, description="Købere uden for regionen.")
    offer: dict[str, Any] = Field(description="Botilbuddet og dets økonomi.")
    use: list[dict[str, Any]] = Field(description="Helårspladser pr. år og kommune.")
    future: list[dict[str, Any]] | None = Field(default=None, description="Fremtider og deres sandsynlighed.")
    price: list[dict[str, Any]] | None = Field(default=None, description="Aftalte priser i stedet for taksten.")
    scheme: dict[str, Any] | None = Field(default=None, description="Ordningen og dens tal.")


class Booking(BaseModel):
    """En post. Er der flere fremtider, er det den forventede."""

    booked_year: int
    concerns_year: int
    payer: str
    payee: str
    offer: str
    kind: str
    amount: Kroner
    rule: str


class Account(BaseModel):
    """Hvad en part betaler i alt, og til hvad; minus er penge tilbage."""

    party: str
    name: str
    total: Kroner = Field(description="Summen af by_kind, på øren.")
    by_kind: dict[str, Kroner]
    worst_case: Kroner = Field(description="Gennemsnittet af de værste 5 % (CVaR); total, hvor der er én fremtid.")


class Settled(BaseModel):
    """Sagen afregnet under en ordning."""

    scheme: str
    title: str
    total: Kroner = Field(description="Alle poster tilsammen: parternes summer på øren.")
    accounts: list[Account]
    entries: list[Booking]
    break_even: list[float] | None = Field(
        description="Laveste og højeste belægning, hvor indtægten dækker; null, hvis den i et år aldrig gør."
    )
    explanation: list[str]


class Settlements(BaseModel):
    """Sagen afregnet under de ordninger, der er spurgt om."""

    name: str
    owner: str
    notes: list[str] = Field(description="Hvad der er antaget, og hvilke ordninger der ikke er vist.")
    settlements: list[Settled]
