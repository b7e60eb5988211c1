"""Sections ``futures`` and ``solver``: uncertainty, and how the plan is sought."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from kapacitet.scenario.fields import Id, Number, Section, Share, Whole, lever

type FutureSource = Literal["draw", "table"]


class Futures(Section):
    """The demand futures Ω and how much weight the worst of them have."""

    count: Whole = lever(
        1,
        "Antal fremtider",
        "Antal mulige forløb af behovet. Med 1 regnes der på selve fremskrivningen; med flere er de alle trukket "
        "tilfældigt omkring den.",
        "fremtider",
        ge=1,
        le=100_000,
    )
    source: FutureSource = lever(
        "draw",
        "Fremtidernes grundlag",
        "draw: trækkes tilfældigt omkring fremskrivningen. table: regionens egne i tabellen demand_futures, som "
        "selv siger, hvor mange de er.",
    )
    reduce_to: Whole = lever(
        0,
        "Udvalgte fremtider",
        "Regn kun på så mange fremtider, valgt så de bedst muligt står for dem alle; 0 regner på alle.",
        "fremtider",
        ge=0,
        le=100_000,
    )
    seed: Whole = lever(1, "Startværdi", "Samme startværdi giver samme fremtider.", ge=0, le=2**63 - 1)
    growth_sd: Number = lever(
        0.02,
        "Usikkerhed i vækst",
        "Standardafvigelse af målgruppernes årlige vækst.",
        "andel pr. år",
        ge=0,
        le=1,
    )
    dispersion: Number = lever(
        1.0,
        "Spredning",
        "Tilgangens varians i forhold til dens middelværdi; 1 er Poisson.",
        "",
        ge=1,
        le=1000,
    )
    cvar_level: Number = lever(
        0.95,
        "Halens begyndelse",
        "De fremtider, der er dyrere end denne andel, er halen.",
        "andel",
        ge=0,
        lt=1,
    )
    cvar_weight: Share = lever(
        0.0, "Vægt på halen", "0 er middelværdien alene, 1 er kun de dyreste fremtider.", "andel"
    )

    @model_validator(mode="after")
    def _fewer(self) -> Self:
        if self.source == "draw" and self.reduce_to > self.count:
            raise PydanticCustomError(
                "reduce_to",
                "Der kan ikke udvælges {keep} fremtider af {count}.",
                {"keep": self.reduce_to, "count": self.count, "mend": "Sænk reduce_to, eller hæv count."},
            )
        return self


class Solver(Section):
    """How the plan is sought, and when the search stops."""

    name: Annotated[Id, Field(pattern=r"^[A-Za-z0-9_-]+$")] = lever(
        "highs", "Løser", "Navnet på den løser, der bruges."
    )
    gap: Number = lever(
        0.001,
        "Tilladt afstand til optimum",
        "Søgningen standser, når planen er så tæt på det bedst mulige.",
        "andel",
        ge=0,
        le=1,
    )
    time_limit: Number = lever(
        300.0, "Tidsgrænse", "Søgningen standser senest efter så lang tid.", "sekunder", gt=0, le=864_000
    )
