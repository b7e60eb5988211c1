"""Sections ``limits`` and ``projects``: what the plan must respect, and what is decided beforehand."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from kapacitet.scenario.fields import COMMITTEE, PAPER, Flag, Id, Kroner, Number, Section, Share, Whole, Year, lever

type FrameMode = Literal["hard", "soft", "off"]
type AutoMode = Literal["auto", "hard", "soft", "off"]
type SwitchMode = Literal["off", "hard"]
type BuilderType = Literal["kommune", "region"]


class Limits(Section):
    """Limits of law, agreement and policy, and what is switched on."""

    anlaegsramme: FrameMode = lever(
        "hard",
        "Kommunernes anlægsrammer",
        "hard: overholdes altid. soft: kan overskrides mod en straf. off: ses der bort fra.",
        source=PAPER,
    )
    joint_frame: AutoMode = lever(
        "auto",
        "Fælles anlægsramme",
        "Summen af kommunernes anlæg. auto: blød, hvor regionens data har rækker, ellers slået fra.",
        source=PAPER,
    )
    region_liquidity: AutoMode = lever(
        "auto",
        "Regionens likviditet",
        "Regionens årlige loft for byggeri. auto: hård, hvor regionens data har rækker, ellers slået fra.",
        source=PAPER,
    )
    service_frame: SwitchMode = lever("off", "Serviceramme", "Loft over en kommunes drift til de tre målgrupper.")
    staff: SwitchMode = lever("off", "Personale", "Loft over, hvor mange der kan ansættes i et område på et år.")
    reserve_min: Number = lever(
        0.0,
        "Mindste reserve",
        "Mindste andel ledige pladser af de planlagte; 0 er intet krav.",
        "andel",
        ge=0,
        lt=1,
    )
    reserve_max: Share = lever(
        1.0, "Største reserve", "Største andel ledige pladser af de planlagte; 1 er intet krav.", "andel"
    )
    reserve_from: Year | None = lever(
        None, "Reserve fra år", "Første år, reservekravet gælder; tomt er planens første år.", "årstal"
    )
    public_share_min: Share = lever(
        0.0,
        "Mindste offentlige andel",
        "Andel af behovet i de komplekse målgrupper, som kommuner og region skal have pladser til.",
        "andel",
    )
    public_share_from: Year | None = lever(
        None, "Offentlig andel fra år", "Første år, kravet gælder; tomt er planens første år.", "årstal"
    )
    over_occupancy: Share = lever(
        0.0, "Overbelægning", "Hvor meget over sit pladstal et tilbud må belægges.", "andel af pladserne"
    )
    residents_stay: Flag = lever(
        True, "Beboere bliver boende", "Borgere med en plads flyttes ikke.", source=COMMITTEE
    )
    critical_mass_year: Whole = lever(
        3,
        "Kritisk masse fra driftsår",
        "Fra hvilket driftsår et nyt tilbud skal have sit mindste antal beboere.",
        "driftsår",
        ge=1,
        le=60,
    )
    abl_for_complex: Flag = lever(
        False,
        "Almene boliger til komplekse målgrupper",
        "Tillad nye tilbud efter almenboligloven til borgere med komplekse behov.",
        source=PAPER,
    )
    closures: Flag = lever(
        False, "Lukninger", "Tillad planen at lukke tilbud, hvor data siger hvornår og til hvilken pris."
    )
    conversions: Flag = lever(False, "Omlægninger", "Tillad planen at omlægge tilbud til andre målgrupper.")

    @model_validator(mode="after")
    def _band(self) -> Self:
        if self.reserve_min > self.reserve_max:
            raise PydanticCustomError(
                "reserve_band",
                "Mindste reserve ({low}) er over største reserve ({high}).",
                {
                    "low": self.reserve_min,
                    "high": self.reserve_max,
                    "mend": "Sænk reserve_min, eller hæv reserve_max.",
                },
            )
        return self


DEAREST_CHANGE = 1e10  # kr.: dearer than any project; a larger price would only drown all else in rounding


class Commitment(Section):
    """A project decided, or planned last time: the candidate and the year its building starts."""

    candidate: Id = lever(..., "Kandidat", "Id på kandidaten.", source="")
    start: Year = lever(
        ...,
        "Byggestart",
        "Året byggeriet går i gang; for en besluttet kandidat må det ligge før planens første år.",
        "årstal",
        source="",
    )


class Projects(Section):
    """What is decided about single projects before the plan is made."""

    forced: tuple[Id, ...] = lever((), "Skal bygges", "Projekter eller kandidater, der skal være med i planen.")
    forbidden: tuple[Id, ...] = lever((), "Må ikke bygges", "Projekter eller kandidater, der ikke må være med.")
    committed: tuple[Commitment, ...] = lever((), "Allerede besluttet", "Kandidater med fastlagt byggestart.")
    only_owner_types: tuple[BuilderType, ...] | None = lever(
        None, "Kun disse bygherrer", "Kun kandidater med disse ejertyper kan bygges; tomt er alle."
    )
    previous: tuple[Commitment, ...] = lever(
        (),
        "Sidste plans projekter",
        "Kandidater med byggestart i sidste plan, som endnu ikke er besluttet. De kan flyttes eller udgå.",
    )
    change_price: Kroner = lever(
        0.0,
        "Pris for at ændre sidste plan",
        "Regnes én gang for hvert af sidste plans projekter, der får et andet år, en anden variant eller udgår.",
        "kr. pr. projekt",
        le=DEAREST_CHANGE,
    )
