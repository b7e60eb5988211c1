"""Sections ``horizon``, ``demand`` and ``costs``: the years, who needs a place, and what it costs."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from kapacitet.scenario.fields import FrozenDict, Kroner, Number, Section, Share, Shares, Whole, Year, lever

LONGEST_HORIZON = 60

type Projection = Literal["low", "central", "high"]
type DemandSource = Literal["tabel", "befolkning"]


class Horizon(Section):
    """The years planned for, both ends included (T in the model)."""

    first: Year = lever(2026, "Første år", "Planens første år, som også er diskonteringens basisår.", "årstal")
    last: Year = lever(2037, "Sidste år", "Planens sidste år; det regnes med.", "årstal")

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.first > self.last:
            raise PydanticCustomError(
                "horizon_order",
                "Første år ({first}) ligger efter sidste år ({last}).",
                {"first": self.first, "last": self.last, "mend": "Byt om på årene, eller ret det forkerte."},
            )
        if self.last - self.first >= LONGEST_HORIZON:
            raise PydanticCustomError(
                "horizon_length",
                "Planen er på {years} år; højst {most} år kan regnes.",
                {
                    "years": self.last - self.first + 1,
                    "most": LONGEST_HORIZON,
                    "mend": "Vælg et senere første år eller et tidligere sidste år.",
                },
            )
        return self

    @property
    def years(self) -> range:
        """The years of the horizon in order."""
        return range(self.first, self.last + 1)


class Demand(Section):
    """Which projection of the need is planned for."""

    projection: Projection = lever(
        "central", "Fremskrivning", "Lav, central eller høj fremskrivning af behovet for pladser."
    )
    source: DemandSource = lever(
        "tabel",
        "Grundlag for behovet",
        "Behovet tages fra tabellen demand, eller beregnes af befolkning og hyppighed efter alder.",
    )
    diversion: Shares = lever(
        FrozenDict(),
        "Omlægning til bostøtte",
        "Andel af behovet i en målgruppe, der dækkes af intensiv bostøtte i stedet for en plads. "
        "Borgere, der allerede har en plads, omlægges ikke.",
        "andel",
    )


class Costs(Section):
    """Prices that belong to the planner's question, not to the region's data."""

    discount_rate: Number = lever(
        0.03,
        "Diskonteringsrente",
        "Real rente, som fremtidige udgifter tilbageføres med.",
        "andel pr. år",
        ge=0,
        le=1,
    )
    travel_cost_per_minute: Kroner = lever(
        300.0,
        "Rejsebyrde",
        "Hvad et minuts rejse hver vej mellem hjemkommune og tilbud regnes for.",
        "kr. pr. minut pr. helårsplads",
    )
    unmet_penalty: Kroner = lever(
        4_000_000.0,
        "Straf for udækket behov",
        "Regnes for hver helårsplads, der mangler. Sættes mindst til 1,25 gange årets dyreste pris, "
        "så det aldrig kan betale sig at vente.",
        "kr. pr. helårsplads",
    )
    capital_rate: Share = lever(
        0.02, "Rente af anlæg", "Real rente i den årlige ydelse af anlægsudgiften.", "andel pr. år"
    )
    capital_life: Whole = lever(
        30, "Levetid af anlæg", "Antal år, anlægsudgiften afskrives over.", "år", ge=1, le=100
    )
    support_variable_share: Share = lever(
        0.2,
        "Variabel andel af ydelsestakst",
        "Den del af ydelsestaksten, der følger borgeren; resten er personale på vagtplanen.",
        "andel",
    )
    critical_mass_penalty: Kroner = lever(
        500_000.0,
        "Straf under kritisk masse",
        "Regnes for hver helårsplads, et tilbud har under sit mindste antal beboere.",
        "kr. pr. helårsplads",
    )
    frame_penalty: Kroner = lever(
        0.25, "Straf for overskredet ramme", "Regnes for hver krone over en blød ramme.", "kr. pr. kr."
    )
