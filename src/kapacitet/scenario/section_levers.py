"""Section ``levers``: the measures planners weigh against each other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from kapacitet.scenario.fields import (
    COMMITTEE,
    PAPER,
    Amounts,
    Flag,
    FrozenDict,
    Id,
    Kroner,
    Number,
    Section,
    Whole,
    Year,
    lever,
)

ONE_SHARE, BY_YEAR = "«andel»", "«andele efter år»"
YEAR_KEY = re.compile("[0-9]{4}")

type SharedOwner = Literal["kommune", "region", "selvejende"]


def _kind_of_reduction(value: object) -> str:
    return BY_YEAR if isinstance(value, Mapping) else ONE_SHARE


def _years_as_numbers(value: Mapping[Any, Any]) -> dict[Any, Any]:
    """TOML and JSON only know text as keys: ``"2027"`` is the year 2027."""
    return {
        int(key) if isinstance(key, str) and YEAR_KEY.fullmatch(key) else key: entry for key, entry in value.items()
    }


Reduction = Annotated[Number, Field(ge=0, lt=1)]
ReductionByYear = Annotated[
    Mapping[Year, Reduction],
    BeforeValidator(_years_as_numbers),
    AfterValidator(FrozenDict),
]
ReductionOfOwner = Annotated[
    Annotated[Reduction, Tag(ONE_SHARE)] | Annotated[ReductionByYear, Tag(BY_YEAR)],
    Discriminator(_kind_of_reduction),
]


class Levers(Section):
    """Measures of the paper (forslag B-D), of the expert committee, and the course of building."""

    takst_reduction: Reduction = lever(
        0.0,
        "Takstreduktion (forslag B)",
        "Reduktion af takster i alle fælles tilbud i hele planen. Den tages af serviceniveauet.",
        "andel",
        source=PAPER,
        sourced=0.02,
    )
    takst_reduction_by: Annotated[Mapping[SharedOwner, ReductionOfOwner], AfterValidator(FrozenDict)] = lever(
        FrozenDict(),
        "Takstreduktion efter ejertype",
        "En andel for hele planen, eller andele fra bestemte år, for en ejertype. "
        "Går forud for den almindelige takstreduktion.",
        "andel",
    )
    takst_cap: Amounts = lever(
        FrozenDict(),
        "Takstloft (forslag C)",
        "Det højeste, en køber betaler for en helårsplads i målgruppen.",
        "kr. pr. helårsplads",
    )
    takst_cap_new: Literal["tilladt", "inden_for_loftet"] = lever(
        "tilladt",
        "Nye tilbud og takstloftet",
        "inden_for_loftet: en kandidat, hvis takst i fuld drift er over loftet, kan ikke bygges.",
    )
    rammebudget: tuple[Id, ...] = lever(
        (),
        "Rammebudget (forslag D)",
        "Tilbud eller kandidater med samme pris for alle borgere uanset støttebehov.",
    )
    progression: Kroner = lever(
        0.0, "Progression", "Hvor mange støttetrin en borger går ned om året.", "trin pr. år", le=10
    )
    private_price_growth: Number = lever(
        0.03,
        "Prisvækst i private tilbud",
        "Real vækst om året i private priser og i priser uden række for året.",
        "andel pr. år",
        ge=-0.5,
        le=1,
    )
    abl_exempt: Flag = lever(
        True,
        "Almene boliger uden for anlægsrammen",
        "Byggeri efter almenboligloven trækker ikke på anlægsrammen.",
        source=PAPER,
    )
    flexible_107_108: tuple[Id, ...] = lever(
        (),
        "Fleksible pladser",
        "Tilbud eller kandidater, der godkendes til både § 107 og § 108.",
        source=COMMITTEE,
    )
    lock_in_cost: Amounts = lever(
        FrozenDict(),
        "Pris for forkert lovgrundlag",
        "Tillæg for en borger på en plads efter et andet lovgrundlag end det rette. "
        "Uden en pris for målgruppen kan det ikke ske.",
        "kr. pr. helårsplads",
    )
    loan_pool_window: tuple[Year, ...] = lever(
        (),
        "Lånepuljens år",
        "Første og sidste år, lånepuljerne kan bruges; tomt er årene i regionens data.",
        "årstal",
        source="Økonomiaftalen 2024",
        sourced=(2024, 2026),
    )
    construction_overrun: Kroner = lever(
        0.0, "Budgetoverskridelse", "Så meget dyrere end anslået bliver byggeri.", "andel", le=10
    )
    construction_delay: Whole = lever(
        0, "Forsinkelse", "Så mange år senere end planlagt åbner nye tilbud.", "år", ge=0, le=20
    )

    @model_validator(mode="after")
    def _window(self) -> Self:
        window = self.loan_pool_window
        if window and (len(window) != 2 or window[0] > window[1]):
            raise PydanticCustomError(
                "loan_pool_window",
                "loan_pool_window skal være tom eller have to årstal, det første ikke efter det sidste.",
                {"mend": "Skriv for eksempel [2026, 2028]."},
            )
        return self
