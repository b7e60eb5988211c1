"""Columns of every table of the region, in the order in which they are written, with their Frictionless types."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, Frictionless type and whether a value is required in each row."""

    name: str
    type: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what it holds (Danish), its columns and its primary key."""

    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


TYPES = {"s": "string", "n": "number", "i": "integer", "b": "boolean", "d": "date"}
FACTS = "source:s evidence:s"


def table(title: str, key: str, columns: str) -> Table:
    """Read the short form ``name:type`` (``?`` after the type: the value may be missing) of the columns.

    ``source`` and ``evidence`` end every table. Types: s text, n number, i whole number, b true/false, d date.
    """
    parsed = []
    for word in f"{columns} {FACTS}".split():
        name, _, kind = word.partition(":")
        parsed.append(Column(name, TYPES[kind[0]], not kind.endswith("?")))
    return Table(title, tuple(parsed), tuple(key.split()))


TABLES: dict[str, Table] = {
    "municipalities": table(
        "Kommuner: indbyggere, hovedby og planområde",
        "code",
        "code:s name:s population:i seat:s latitude:n longitude:n group:s? expected_limit:n? risk_limit:n?",
    ),
    "target_groups": table(
        "Målgrupper: støttetrin, afgang og midlertidig andel",
        "id",
        "id:s name:s support_step:n attrition:n temporary_share:n complex:b",
    ),
    "demand": table(
        "Behov i helårspladser pr. kommune, målgruppe og år",
        "municipality target_group year",
        "municipality:s target_group:s year:i low:n central:n high:n tier:s?",
    ),
    "demand_futures": table(
        "Egne fremtider: mulige forløb af behovet",
        "future municipality target_group year",
        "future:s probability:n? municipality:s target_group:s year:i place_years:n",
    ),
    "demand_rates": table(
        "Andel af befolkningen med behov for en plads",
        "target_group age_from age_to",
        "target_group:s age_from:i age_to:i rate:n",
    ),
    "population_projection": table(
        "Befolkning efter alder og år",
        "municipality age_from age_to year",
        "municipality:s age_from:i age_to:i year:i persons:n",
    ),
    "offers": table(
        "Botilbud, der findes i dag",
        "id",
        "id:s name:s municipality:s owner_type:s owner:s legal_basis:s target_groups:s places:i fixed_cost:n "
        "capital_charge:n? variable_cost:n price:n? top_up:n? budgeted_occupancy:n opened:i? closes:i? "
        "earliest_close:i? closing_cost:n? minimum_residents:n? staff_per_place:n? yearly_tilsyn:n? "
        "latitude:n? longitude:n? in_rammeaftale:b deficit_bearer:s? as_of:d",
    ),
    "residents": table(
        "Borgere med en plads i dag",
        "municipality target_group offer",
        "municipality:s target_group:s offer:s count:i as_of:d",
    ),
    "candidates": table(
        "Projekter, der kan bygges, med varianter",
        "id",
        "id:s project:s name:s municipality:s owner_type:s owner:s legal_basis:s target_groups:s places:i "
        "construction_cost:n spend_profile:s lead_time:i earliest:i latest:i fixed_cost:n variable_cost:n "
        "housing_cost:n? budgeted_occupancy:n startup_occupancy:s? minimum_residents:n? staff_per_place:n? "
        "approval_cost:n? yearly_tilsyn:n? requires:s? latitude:n? longitude:n?",
    ),
    "conversions": table(
        "Omlægning af botilbud til andre målgrupper",
        "offer from_groups to_groups",
        "offer:s from_groups:s to_groups:s cost:n years:i earliest:i",
    ),
    "anlaegsramme": table(
        "Del af kommunens anlægsramme, der kan bruges på botilbud",
        "municipality year",
        "municipality:s year:i amount:n",
    ),
    "joint_frame": table("Kommunernes fælles anlægsramme", "year", "year:i amount:n"),
    "region_liquidity": table("Regionens likviditet til byggeri", "year", "year:i amount:n"),
    "service_frame": table(
        "Kommunernes serviceramme til målgrupperne", "municipality year", "municipality:s year:i amount:n"
    ),
    "staff_limits": table("Ansættelser, der kan nås på et år", "area year", "area:s year:i hires:n"),
    "loan_pools": table(
        "Lånepuljer",
        "id",
        "id:s first_year:i last_year:i legal_basis:s target_groups:s amount:n relieves:s",
    ),
    "purchase_prices": table(
        "Pris for køb uden for de listede tilbud",
        "target_group year",
        "target_group:s year:i price:n available:n?",
    ),
    "agreed_prices": table(
        "Aftalte priser", "municipality offer target_group", "municipality:s offer:s target_group:s price:n"
    ),
    "support_step_price": table("Pris for et trin ydelsestakst", "year", "year:i price:n"),
    "pl_index": table("Pris- og lønindeks (2024 = 100)", "year", "year:i index:n"),
    "refund_thresholds": table(
        "Statsrefusion af særligt dyre enkeltsager (SEL § 176)",
        "year threshold",
        "year:i threshold:n percent:n",
    ),
    "keys": table("Fordelingsnøgler", "key municipality", "key:s municipality:s weight:n"),
    "travel_links": table(
        "Vej- og færgeforbindelser mellem hovedbyer", "from to", "from:s to:s kind:s minutes:n via:s?"
    ),
    "travel_times": table(
        "Rejsetider, der går forud for vejnettet",
        "municipality offer_or_candidate",
        "municipality:s offer_or_candidate:s minutes:n",
    ),
    "figures": table(
        "Referencetal, som de er trykt",
        "id",
        "id:s figure:s value:s? unit:s? period:s? scope:s? qualifier:s? use:s?",
    ),
}
