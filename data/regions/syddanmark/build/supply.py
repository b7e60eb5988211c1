"""Existing offers: the region's published ones, and made-up ones that fill the picture."""

from __future__ import annotations

import random

from files import ILLUSTRATIV, Cell, Row, read_input
from money import FULL_USE, PRICE_YEAR, annuity, offer_costs, to_price_year, yearly_tilsyn

AS_OF = "2026-01-01"
REGION = "Region Syddanmark"
SEED = 20260101
BASE_RATES = {"autisme": (1250, 1900), "dom": (1450, 2100), "dobbeltdiagnose": (1100, 1700)}
LOWEST_PRICE, HIGHEST_PRICE = 2_000_000, 3_200_000
OLD_PLACE = 900_000
OWNER_WORD = {"kommune": "Kommunalt", "selvejende": "Selvejende", "privat": "Privat"}
SHEET = {2024: "Autismecenter Syddanmark 2024", 2022: "Specialcenter Syddanmark 2022"}


def seats() -> dict[str, str]:
    """The town that is a municipality's centre."""
    return {row["municipality_code"]: row["seat"] for row in read_input("seats.csv")}


def offers() -> list[Row]:
    """All existing offers; costs in the price year, computed as the module ``money`` says."""
    rng = random.Random(SEED)
    lines = read_input("existing_offers.csv")
    prices = iter(_prices(rng, sum(line["owner_type"] in ("privat", "selvejende-u") for line in lines)))
    rows: list[Row] = []
    for line in lines:
        row = _common(line)
        if line["base_rate"]:
            row |= _published(line)
        elif row["in_rammeaftale"]:
            row |= _shared(line, rng)
        else:
            row |= _priced(line, next(prices), rng)
        rows.append(row)
    return rows


def _prices(rng: random.Random, count: int) -> list[int]:
    """So many prices, one in each equal part of the known range, in random order."""
    width = (HIGHEST_PRICE - LOWEST_PRICE) / count
    prices = [round(LOWEST_PRICE + width * (n + rng.random()), -4) for n in range(count)]
    rng.shuffle(prices)
    return [int(price) for price in prices]


def _common(line: dict[str, str]) -> Row:
    kind, _, inside = line["owner_type"].partition("-")
    name = line["name"] or _made_up_name(line, kind)
    owner = {"kommune": line["municipality"], "region": REGION}.get(kind, f"Ejer af {line['id']} (eksempel)")
    shared = kind in ("kommune", "region") or inside == "i"
    return {
        "id": line["id"],
        "name": name,
        "municipality": line["municipality"],
        "owner_type": kind,
        "owner": owner,
        "legal_basis": line["legal_basis"],
        "target_groups": line["target_groups"],
        "places": int(line["places"]),
        "budgeted_occupancy": FULL_USE,
        "opened": int(line["opened"]) if line["opened"] else None,
        "in_rammeaftale": shared,
        "deficit_bearer": line["municipality"] if inside == "i" else None,
        "as_of": AS_OF,
        "evidence": line["evidence"],
    }


def _made_up_name(line: dict[str, str], kind: str) -> str:
    groups = line["target_groups"].replace(";", " og ")
    number = line["id"].rsplit("-", 1)[1]
    return f"{OWNER_WORD[kind]} botilbud {number}, {seats()[line['municipality']]}, {groups} (eksempel)"


def _running(line: dict[str, str], base_rate: float) -> dict[str, Cell]:
    """What a shared offer costs and needs, from its basistakst in the price year."""
    places = int(line["places"])
    fixed, variable = offer_costs(base_rate, line["target_groups"].split(";"), places)
    return {
        "fixed_cost": fixed,
        "variable_cost": variable,
        "yearly_tilsyn": yearly_tilsyn(places),
        "capital_charge": round(annuity(OLD_PLACE * places)),
        "minimum_residents": round(0.6 * places),
        "staff_per_place": 2.2,
    }


def _published(line: dict[str, str]) -> dict[str, Cell]:
    """An offer of Region Syddanmark with a published basistakst."""
    printed, year = float(line["base_rate"]), int(line["rate_year"])
    moved = "" if year == PRICE_YEAR else f" (trykt i {year}-priser, flyttet til {PRICE_YEAR} med pl_index)"
    return _running(line, to_price_year(printed, year)) | {
        "source": f"Basistakst {line['base_rate']} kr. pr. døgn: Region Syddanmark, takstblad {SHEET[year]}{moved}; "
        f"{line['places_note']}; delingen i faste og variable udgifter følger README",
    }


def _shared(line: dict[str, str], rng: random.Random) -> dict[str, Cell]:
    """A made-up municipal or selvejende offer inside the rammeaftale."""
    low, high = BASE_RATES[line["target_groups"].split(";")[0]]
    base_rate = round(rng.uniform(low, high))
    places = int(line["places"])
    return _running(line, base_rate) | {
        "earliest_close": 2028,
        "closing_cost": 150_000 * places,
        "source": f"Konstrueret eksempel med basistakst {base_rate} kr. pr. døgn, regnet som regionens tilbud",
    }


def _priced(line: dict[str, str], price: int, rng: random.Random) -> dict[str, Cell]:
    """A made-up private or selvejende offer that is paid by price."""
    top_up = rng.choice((0, 0, 0, 60_000, 90_000, 120_000))
    return {
        "fixed_cost": 0,
        "variable_cost": 0,
        "price": price,
        "top_up": top_up,
        "source": "Konstrueret eksempel; pris valgt i spændet 2,0-3,2 mio. kr. pr. helårsplads (2024)",
        "evidence": ILLUSTRATIV,
    }
