"""Candidates: projects with variants of size, legal basis and owner."""

from __future__ import annotations

from files import FORUDSAETNING, ILLUSTRATIV, Row, read_input
from money import FULL_USE, VARIABLE_SHARE, annuity, approval_cost, support, yearly_tilsyn
from supply import REGION, seats

PLACE = 1_800_000
VARIABLE = 500_000
FIXED_PER_PLACE = {20: 2_000_000, 12: 2_150_000, 8: 2_350_000}
MINIMUM = {20: 14, 12: 8, 8: 5}
PROFILE = {1: "1", 2: "0.5;0.5", 3: "0.3;0.4;0.3"}
RENT_SHARE = 0.5
HOUSING_UPKEEP = 20_000
BASIS_CODE = {"sel107": "107", "sel108": "108", "sel107;sel108": "fleks", "abl105": "abl"}
BASIS_TEXT = {"sel107": "§ 107", "sel108": "§ 108", "sel107;sel108": "§ 107/§ 108", "abl105": "ABL § 105"}
MINUTED = {"kom-410-dobbeltdiagnose", "reg-480-dom"}
COST_SOURCE = (
    "Anlæg 1,8 mio. kr. pr. plads og takstgrundlag 50 mio. kr. for 20 pladser: KKR Syddanmark juni 2023, "
    "Handlemuligheder; tilsyn og godkendelse: Socialtilsyn Syd 2024"
)


def candidates() -> list[Row]:
    """Every variant of every project."""
    return [
        _candidate(line, int(size), basis)
        for line in read_input("projects.csv")
        for size, _, basis in (variant.partition("/") for variant in line["variants"].split())
    ]


def _candidate(line: dict[str, str], places: int, basis: str) -> Row:
    """One variant: F in all (fixed cost, capital charge, tilsyn) is that of its size, V in all 0.5 mio. kr.

    Under ABL half of the construction is paid by rent, and so is the upkeep of the homes; in all it costs the
    same, since no source says that one is dearer.
    """
    groups = line["target_groups"].split(";")
    lead = int(line["lead_time"]) if places != 8 else min(int(line["lead_time"]), 2)
    whole = PLACE * places
    own = whole * (1 - RENT_SHARE) if basis == "abl105" else whole
    housing = annuity(whole - own) + HOUSING_UPKEEP * places if basis == "abl105" else None
    total_fixed = FIXED_PER_PLACE[places] * places - (housing or 0)
    tilsyn = yearly_tilsyn(places)
    minuted = line["project"] in MINUTED
    willing = "viljen til at bygge: referat 29. september 2023 (socialsekretariatet.dk)" if minuted else "projektet"
    return {
        "id": f"{line['project']}-{places}-{BASIS_CODE[basis]}",
        "project": line["project"],
        "name": _name(line, places, basis),
        "municipality": line["municipality"],
        "owner_type": line["owner_type"],
        "owner": REGION if line["owner_type"] == "region" else line["municipality"],
        "legal_basis": basis,
        "target_groups": line["target_groups"],
        "places": places,
        "construction_cost": float(own),
        "spend_profile": PROFILE[lead],
        "lead_time": lead,
        "earliest": int(line["earliest"]),
        "latest": int(line["latest"]),
        "fixed_cost": round(total_fixed - annuity(own) - tilsyn, 2),
        "variable_cost": round(VARIABLE - VARIABLE_SHARE * support(groups), 2),
        "housing_cost": None if housing is None else round(housing, 2),
        "budgeted_occupancy": FULL_USE,
        "startup_occupancy": "0.7;0.85",
        "minimum_residents": MINIMUM[places],
        "staff_per_place": 2.3,
        "approval_cost": approval_cost(places),
        "yearly_tilsyn": tilsyn,
        "requires": line["requires"] or None,
        "source": f"{COST_SOURCE}; {willing}{'' if minuted else ' er konstrueret'}",
        "evidence": FORUDSAETNING if minuted else ILLUSTRATIV,
    }


def _name(line: dict[str, str], places: int, basis: str) -> str:
    owner = "Regionalt" if line["owner_type"] == "region" else "Kommunalt"
    groups = line["target_groups"].replace(";", " og ")
    stage = ", etape 2" if line["project"].endswith("etape-2") else ""
    town = seats()[line["municipality"]]
    return f"{owner} botilbud i {town}, {groups}{stage}, {places} pladser ({BASIS_TEXT[basis]})"
