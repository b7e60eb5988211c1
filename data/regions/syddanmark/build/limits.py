"""What holds building and buying back: frames, liquidity, loan pool, staff, prices of purchase."""

from __future__ import annotations

import random
from collections.abc import Sequence

from files import FORUDSAETNING, ILLUSTRATIV, Row
from money import FULL_USE, VARIABLE_SHARE, support
from municipal import AREAS, GROUPS, YEARS, populations

SEED = 20260103
ROUND = 100_000
ODENSE = "461"
PURCHASE_2026 = {"autisme": 3_150_000, "dom": 3_300_000, "dobbeltdiagnose": 2_950_000}
PURCHASE_GROWTH = 0.03
JOINT_SHARE = 0.75
POOL = 60_000_000
HIRES = {"Trekantområdet": 60, "Sydvestjylland": 45, "Sønderjylland": 40, "Fyn": 90}
# Buyer, offer and group, and the agreed price as a share of the full price.
AGREED = (
    ("450", "kom-461-dobbeltdiagnose-1", "dobbeltdiagnose", 0.98),
    ("440", "kom-461-dobbeltdiagnose-1", "dobbeltdiagnose", 0.98),
    ("563", "kom-561-autisme-1", "autisme", 1.02),
    ("573", "kom-561-autisme-1", "autisme", 0.97),
    ("482", "kom-479-autisme-1", "autisme", 0.97),
    ("550", "kom-580-autisme-1", "autisme", 1.03),
)


def anlaegsramme() -> list[Row]:
    """A part of each municipality's frame by year: 150-260 kr. per inhabitant, moving up to 25 % a year."""
    rng = random.Random(SEED)
    rows: list[Row] = []
    for code, people in populations().items():
        level = 262.0 if code == ODENSE else rng.uniform(150, 260)
        swing = 0.07 if code == ODENSE else 0.25
        for year in YEARS:
            amount = people * level * rng.uniform(1 - swing, 1 + swing)
            rows.append(
                {
                    "municipality": code,
                    "year": year,
                    "amount": round(amount / ROUND) * ROUND,
                    "source": "Konstrueret: omkring 120-320 kr. pr. indbygger om året; "
                    "erstattes af kommunens egen ramme",
                    "evidence": ILLUSTRATIV,
                }
            )
    return rows


def joint_frame(frames: Sequence[Row]) -> list[Row]:
    """The municipalities together: a part of the sum of their frames."""
    rows: list[Row] = []
    for year in YEARS:
        whole = sum(float(row["amount"] or 0) for row in frames if row["year"] == year)
        rows.append(
            {
                "year": year,
                "amount": round(JOINT_SHARE * whole / ROUND) * ROUND,
                "source": "Konstrueret: tre fjerdedele af summen af kommunernes rammer",
                "evidence": ILLUSTRATIV,
            }
        )
    return rows


def region_liquidity() -> list[Row]:
    """What the region can pay for building in a year."""
    rng = random.Random(SEED + 1)
    return [
        {
            "year": year,
            "amount": round(rng.uniform(25, 40) * 2) * 500_000,
            "source": "Konstrueret: regionen har ingen anlægsramme, men byggeri skal betales af likviditeten",
            "evidence": ILLUSTRATIV,
        }
        for year in YEARS
    ]


def loan_pools() -> list[Row]:
    """The loan pool of the agreement for 2024, in its published years."""
    return [
        {
            "id": "laanepulje-2024",
            "first_year": 2024,
            "last_year": 2026,
            "legal_basis": "sel107;sel108",
            "target_groups": ";".join(GROUPS),
            "amount": POOL,
            "relieves": "anlaegsramme",
            "source": "År: Økonomiaftalen for 2024, i Nordjysk Socialaftale; beløbet er konstrueret",
            "evidence": ILLUSTRATIV,
        }
    ]


def staff_limits() -> list[Row]:
    """Hires an area can reach in a year."""
    return [
        {
            "area": area,
            "year": year,
            "hires": HIRES[area],
            "source": "Konstrueret: ingen kilde opgør, hvor mange der kan ansættes i botilbud",
            "evidence": ILLUSTRATIV,
        }
        for area in AREAS
        for year in YEARS
    ]


def purchase_prices() -> list[Row]:
    """Final price of a place outside the listed offers, in 2024-kr. of each year."""
    return [
        {
            "target_group": group,
            "year": year,
            "price": round(price * (1 + PURCHASE_GROWTH) ** (year - YEARS[0]), -3),
            "available": None,
            "source": "Planlæggerens forudsætning: dyrere end de fleste private tilbud, real vækst 3 % om året",
            "evidence": FORUDSAETNING,
        }
        for group, price in PURCHASE_2026.items()
        for year in YEARS
    ]


def agreed_prices(offers: Sequence[Row]) -> list[Row]:
    """A few prices agreed between a buyer and an offer, near the full price."""
    rows: list[Row] = []
    for code, offer, group, share in AGREED:
        row = next(o for o in offers if o["id"] == offer)
        fixed = float(row["fixed_cost"] or 0) + float(row["yearly_tilsyn"] or 0)
        full = fixed / (FULL_USE * float(row["places"] or 0)) + float(row["variable_cost"] or 0)
        price = share * (full + VARIABLE_SHARE * support([group]))
        rows.append(
            {
                "municipality": code,
                "offer": offer,
                "target_group": group,
                "price": round(price, -3),
                "source": "Konstrueret: aftalt pris tæt på den fulde pris",
                "evidence": ILLUSTRATIV,
            }
        )
    return rows


def conversions() -> list[Row]:
    """Offers that could serve another group."""
    rows = (
        ("kom-607-dom-1", "dom", "dobbeltdiagnose", 2_400_000, 1, 2027),
        ("kom-479-dobbeltdiagnose-1", "dobbeltdiagnose", "autisme", 3_000_000, 1, 2028),
        ("kom-621-dom-1", "dom", "autisme;dobbeltdiagnose", 2_000_000, 1, 2027),
    )
    return [
        {
            "offer": offer,
            "from_groups": old,
            "to_groups": new,
            "cost": cost,
            "years": years,
            "earliest": earliest,
            "source": "Konstrueret: ombygning 0,3 mio. kr. pr. plads eller mere",
            "evidence": ILLUSTRATIV,
        }
        for offer, old, new, cost, years, earliest in rows
    ]
