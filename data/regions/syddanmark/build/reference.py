"""Published figures, prices of earlier years, allocation keys and the travel network."""

from __future__ import annotations

from files import FAKTISK, FORUDSAETNING, ILLUSTRATIV, Row, read_input
from money import PL_INDEX, STEP_PRICE
from municipal import AGES, POPULATION_SOURCE, YEARS, populations, projected

STEP_SOURCE = {
    2022: "Region Syddanmark, takstblad Specialcenter Syddanmark 2022",
    2024: "Region Syddanmark, takstblad Autismecenter Syddanmark 2024",
}
REFUND = ((830_000, 25), (1_630_000, 50), (2_050_000, 75))


def figures() -> list[Row]:
    """The reference figures as printed, «same» replaced by the source or scope it stands for."""
    rows: list[Row] = []
    last: dict[str, str] = {}
    for line in read_input("figures.csv"):
        for column in ("source", "scope"):
            text = line[column]
            if text == "same":
                line[column] = last[column]
            elif text.startswith("same, "):
                line[column] = f"{last[column]}; {text.removeprefix('same, ')}"
            else:
                last[column] = text
        rows.append({**{name: value or None for name, value in line.items()}, "evidence": FAKTISK})
    return rows


def support_step_price() -> list[Row]:
    """The published price of one step of ydelsestakst."""
    return [
        {"year": year, "price": price, "source": STEP_SOURCE[year], "evidence": FAKTISK}
        for year, price in STEP_PRICE.items()
    ]


def pl_index() -> list[Row]:
    """Price and wage index of the municipal field, 2024 = 100."""
    return [
        {
            "year": year,
            "index": index,
            "source": "Planlæggerens forudsætning; erstattes af KL's pris- og lønskøn",
            "evidence": FORUDSAETNING,
        }
        for year, index in PL_INDEX.items()
    ]


def refund_thresholds() -> list[Row]:
    """Thresholds of SEL §176 at their 2020 level, not indexed here."""
    return [
        {
            "year": 2020,
            "threshold": threshold,
            "percent": percent,
            "source": "L 197 2019-20, lov om ændring af lov om social service (2020-niveau, borgere under 67 år)",
            "evidence": FAKTISK,
        }
        for threshold, percent in REFUND
    ]


def keys() -> list[Row]:
    """Allocation keys: inhabitants, equal shares and adults of working age."""
    people = populations()
    ages = [age for age in AGES if age[0] < 65]
    rows: list[Row] = [
        {
            "key": "population",
            "municipality": code,
            "weight": n,
            "source": POPULATION_SOURCE,
            "evidence": FAKTISK,
        }
        for code, n in people.items()
    ]
    rows += [
        {
            "key": "lige",
            "municipality": code,
            "weight": 1,
            "source": "Lige store andele",
            "evidence": FORUDSAETNING,
        }
        for code in people
    ]
    rows += [
        {
            "key": "18-64",
            "municipality": code,
            "weight": round(sum(projected(n, share, growth, YEARS[0]) for _, _, share, growth, _ in ages)),
            "source": "Konstrueret: 18-64-årige efter tabellen population_projection, 2026",
            "evidence": ILLUSTRATIV,
        }
        for code, n in people.items()
    ]
    return rows


def travel_links() -> list[Row]:
    """Car and ferry minutes between neighbouring seats."""
    return [
        {
            "from": line["from_code"],
            "to": line["to_code"],
            "kind": line["kind"],
            "minutes": int(line["minutes"]),
            "via": line["via"] or None,
            "source": "Planlæggerens forudsætning, ikke målt; ventetid medregnet",
            "evidence": FORUDSAETNING,
        }
        for line in read_input("travel_links.csv")
    ]
