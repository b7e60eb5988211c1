"""A region small enough for mental arithmetic, to be bent by the hand-made cases.

One municipality (561), one group (g) without ydelsestakst, attrition or temporary cell, purchase at 100 kr. a
place-year, one year (2025, also the price year), no interest, no growth, capital life 10 years without
interest, unmet penalty 1.25 × the dearest price.
"""

from __future__ import annotations

from typing import Any

from .case import Tables
from .columns import empty_tables, make_row
from .enumerate_plans import Best, Plan, best_plans, evaluate_plan

YEAR = 2025


class Hand:
    """Tables and scenario with one short method per kind of row."""

    def __init__(self, demand: dict[int, float], municipalities: tuple[str, ...] = ("561",)) -> None:
        self.tables: Tables = empty_tables()
        self.scenario: dict[str, Any] = {
            "name": "Regnet i hånden",
            "region": "lille",
            "horizon": {"first": min(demand), "last": max(demand)},
            "costs": {
                "discount_rate": 0.0,
                "travel_cost_per_minute": 1.0,
                "unmet_penalty": 0.0,
                "capital_rate": 0.0,
                "capital_life": 10,
                "critical_mass_penalty": 30.0,
            },
            "limits": {"anlaegsramme": "off"},
            "levers": {"private_price_growth": 0.0},
            "demand": {},
            "projects": {},
        }
        for code in municipalities:
            self.add(
                "municipalities",
                code=code,
                name=f"Kommune {code}",
                population=10_000,
                seat=f"By {code}",
                latitude=55.0,
                longitude=9.0,
                group="Fyn",
            )
        self.group("g")
        for year, amount in demand.items():
            self.need(municipalities[0], "g", year, amount)
            for code in municipalities[1:]:
                self.need(code, "g", year, 0.0)
        self.add("support_step_price", year=YEAR, price=1.0)
        self.add("purchase_prices", target_group="g", year=YEAR, price=100.0)

    def add(self, table: str, **values: object) -> dict[str, Any]:
        """Append a row."""
        row = make_row(table, **values)
        self.tables[table].append(row)
        return row

    def set(self, section: str, **keys: object) -> None:
        """Set keys of the scenario."""
        self.scenario.setdefault(section, {}).update(keys)

    def group(self, name: str, **values: object) -> None:
        """A target group; complex, no ydelsestakst, all long-term unless said."""
        usual: dict[str, object] = {
            "support_step": 0.5,
            "attrition": 0.0,
            "temporary_share": 0.0,
            "complex": True,
        }
        self.tables["target_groups"] = [row for row in self.tables["target_groups"] if row["id"] != name]
        self.add("target_groups", id=name, name=name, **(usual | values))

    def need(self, code: str, group: str, year: int, amount: float) -> None:
        """Demand of a municipality, group and year."""
        self.add(
            "demand",
            municipality=code,
            target_group=group,
            year=year,
            low=amount,
            central=amount,
            high=amount,
        )

    def offer(self, name: str, places: int, fixed: float, variable: float, **values: object) -> None:
        """An existing municipal §108 offer for g in 561 unless said."""
        usual: dict[str, object] = {
            "municipality": "561",
            "owner_type": "kommune",
            "owner": "561",
            "legal_basis": "sel108",
            "target_groups": "g",
            "budgeted_occupancy": 1.0,
            "in_rammeaftale": True,
            "as_of": "2024-12-31",
        }
        self.add(
            "offers",
            id=name,
            name=name,
            places=places,
            fixed_cost=fixed,
            variable_cost=variable,
            **(usual | values),
        )

    def private(self, name: str, places: int, price: float, **values: object) -> None:
        """A private §108 offer for g in 561 unless said."""
        usual: dict[str, object] = {"owner_type": "privat", "owner": "Fonden", "in_rammeaftale": False}
        self.offer(name, places, 0.0, 0.0, price=price, **(usual | values))

    def live(self, count: int, offer: str, code: str = "561", group: str = "g") -> None:
        """Residents counted in 2025."""
        self.add(
            "residents",
            municipality=code,
            target_group=group,
            offer=offer,
            count=count,
            as_of="2025-01-01",
        )

    def candidate(
        self, name: str, places: int, construction: float, fixed: float, variable: float, **values: object
    ) -> None:
        """A municipal §108 candidate for g in 561, opening the year it starts, unless said."""
        usual: dict[str, object] = {
            "project": f"p-{name}",
            "municipality": "561",
            "owner_type": "kommune",
            "owner": "561",
            "legal_basis": "sel108",
            "target_groups": "g",
            "spend_profile": "1",
            "lead_time": 0,
            "earliest": 2000,
            "latest": 2100,
            "budgeted_occupancy": 1.0,
        }
        self.add(
            "candidates",
            id=name,
            name=name,
            places=places,
            construction_cost=construction,
            fixed_cost=fixed,
            variable_cost=variable,
            **(usual | values),
        )


def solve(hand: Hand) -> Best:
    """Best plan of a hand-made case."""
    return best_plans(hand.tables, hand.scenario)


def components(hand: Hand, plan: Plan | None = None) -> dict[str, float]:
    """Discounted components above zero of a plan that must be feasible."""
    found = evaluate_plan(hand.tables, hand.scenario, plan or Plan())
    assert found["feasible"], found["reasons"]
    return {name: round(amount, 6) for name, amount in found["components"].items() if amount > 1e-9}
