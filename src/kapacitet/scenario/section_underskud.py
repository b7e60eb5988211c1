"""Sections ``underskud`` and ``acceptance``: who covers a deficit, and what a party accepts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag

from kapacitet.scenario.fields import (
    PAPER,
    Flag,
    FrozenDict,
    Id,
    Kroner,
    Number,
    Section,
    Share,
    Whole,
    lever,
)

type Scheme = Literal[
    "standard",
    "abonnement",
    "objektiv",
    "takststyring",
    "abonnement+takststyring",
    "objektiv+takststyring",
    "garanti",
]
SCHEMES: tuple[Scheme, ...] = (
    "standard",
    "abonnement",
    "objektiv",
    "takststyring",
    "abonnement+takststyring",
    "objektiv+takststyring",
    "garanti",
)
ALL, SOME = "«alle»", "«koder»"


def _kind_of_participants(value: object) -> str:
    return ALL if isinstance(value, str) else SOME


Participants = Annotated[
    Annotated[Literal["all"], Tag(ALL)] | Annotated[tuple[Id, ...], Tag(SOME)],
    Discriminator(_kind_of_participants),
]
Occupancy = Annotated[Number, Field(gt=0, le=1)]


class Underskud(Section):
    """The schemes of underskudsdækning that may be agreed, and their parameters."""

    allowed: tuple[Scheme, ...] = lever(
        SCHEMES,
        "Tilladte ordninger",
        "Ordninger for underskudsdækning, som nye tilbud kan få.",
        source=PAPER,
        min_length=1,
    )
    owner_limit: Share = lever(
        0.05,
        "Ejerens egen andel",
        "Så stor en del af takstgrundlaget dækker ejeren selv af et underskud.",
        "andel af takstgrundlaget",
        source="Rammeaftalen for Syddanmark, jf. " + PAPER,
    )
    lag: Whole = lever(
        2,
        "År til efterregulering",
        "Antal år før resten af et underskud eller overskud afregnes.",
        "år",
        source="Rammeaftalen for Syddanmark, jf. " + PAPER,
        ge=0,
        le=20,
    )
    key: Id = lever(
        "population",
        "Fordelingsnøgle",
        "population: efter indbyggertal. equal: lige. Ellers navnet på en nøgle i tabellen keys.",
        source=PAPER,
    )
    participants: Participants = lever(
        "all", "Deltagere", "all: alle kommuner. Ellers koderne på de kommuner, der er med i ordningerne."
    )
    alpha: Share = lever(
        1.0,
        "Betaling for ubrugt abonnement",
        "Andel af taksten, en abonnent betaler for en plads, den ikke bruger.",
        "andel af taksten",
        source=PAPER,
    )
    psi: Share = lever(
        0.0, "Ejerens andel ved objektiv finansiering", "Andel af underskuddet, ejeren beholder.", "andel"
    )
    startup_occupancy: tuple[Occupancy, ...] = lever(
        (),
        "Belægning i opstart",
        "Budgetteret belægning i de første driftsår under takststyring; tomt er kandidatens egne tal.",
        "andel af pladserne",
        max_length=20,
    )
    guarantee_years: Whole = lever(
        3,
        "Garantiens længde",
        "Antal driftsår, deltagerne garanterer for tomme pladser.",
        "år",
        source="KKR Hovedstaden 2021",
        ge=0,
        le=60,
    )
    guarantee_share: Share = lever(
        0.8, "Garantiens andel", "Andel af taksten, deltagerne betaler for en tom plads.", "andel af taksten"
    )
    region_result: Literal["own", "by_population"] = lever(
        "own",
        "Regionens resultat",
        "own: regionens over- og underskud er dens eget regnskab. "
        "by_population: det fordeles på kommunerne efter indbyggertal.",
    )
    scheme_by_offer: Annotated[Mapping[Id, Scheme], AfterValidator(FrozenDict)] = lever(
        FrozenDict(), "Ordning for enkelte tilbud", "Fastlægger ordningen for et tilbud eller en kandidat."
    )


class Acceptance(Section):
    """What nobody has reason to refuse: limits on loss, and what takes part is worth."""

    enforce: Flag = lever(
        False, "Kræv tilslutning", "Planen må kun indeholde det, som ingen part har grund til at afvise."
    )
    expected_limit: Kroner = lever(
        20.0,
        "Grænse for forventet tab",
        "Bygherrens største forventede tab på nye tilbud.",
        "kr. pr. indbygger pr. år",
    )
    risk_limit: Kroner = lever(
        40.0,
        "Grænse for risiko",
        "Bygherrens største tab i de værste fem procent af tilfældene.",
        "kr. pr. indbygger pr. år",
    )
    tolerance: Kroner = lever(
        0.0,
        "Tolerance",
        "Så meget mere end uden planen må den koste en deltager.",
        "kr. pr. indbygger pr. år",
    )
    subscriber_share: Share = lever(
        0.8,
        "Sikkerhed for abonnent",
        "Med denne sandsynlighed bruger en abonnent mindst de pladser, den tegner sig for.",
        "andel",
    )
