"""What the generator of tiny regions passes around."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass

from .case import EXTERNAL, Row, Tables
from .columns import make_row

FAMILIES = (
    "abl",
    "agreed_prices",
    "anlaegsramme",
    "approval_and_tilsyn",
    "attrition",
    "available",
    "closes",
    "closures",
    "committed",
    "conversions",
    "critical_mass",
    "delay",
    "diversion",
    "external",
    "flexible",
    "forbidden",
    "forced",
    "growth",
    "housing",
    "joint_frame",
    "lead",
    "loan_pools",
    "lock_in",
    "moves",
    "only_owner",
    "outside",
    "over_occupancy",
    "overrun",
    "progression",
    "projection",
    "public_share",
    "rammebudget",
    "reduction",
    "region_liquidity",
    "requires",
    "reserve",
    "staff",
    "takst_cap",
    "top_up",
    "travel_times",
    "unreachable",
)


@dataclass
class World:
    """A tiny region in the making.

    Attributes:
        rng: source of every draw.
        on: families turned on.
        first, last: the horizon.
        scale: what every krone is multiplied by (tiny money magnitudes).
        tables: tables so far.
    """

    rng: random.Random
    on: set[str]
    first: int
    last: int
    scale: float
    tables: Tables

    @property
    def years(self) -> range:
        """The years of the horizon."""
        return range(self.first, self.last + 1)

    @property
    def codes(self) -> list[str]:
        """Municipality codes."""
        return [row["code"] for row in self.tables["municipalities"]]

    @property
    def groups(self) -> list[str]:
        """Target group ids."""
        return [row["id"] for row in self.tables["target_groups"]]

    def kr(self, amount: float) -> float:
        """An amount at the case's scale, rounded so that it can be read."""
        if self.scale == 1.0:
            return round(amount, -3)
        return round(amount * self.scale, 2 if self.scale > 1e-3 else 4)

    def add(self, table: str, **values: object) -> Row:
        """Append a row and return it."""
        row = make_row(table, **values)
        self.tables[table].append(row)
        return row

    def some(self, items: Iterable[str], chance: float = 0.4) -> list[str]:
        """Each item with the chance."""
        return [item for item in items if self.rng.random() < chance]

    def subset(self, items: list[str]) -> list[str]:
        """A non-empty subset, in the order given."""
        chosen = set(self.rng.sample(items, self.rng.randint(1, len(items))))
        return [item for item in items if item in chosen]

    def residents_in(self, offer: str) -> int:
        """Everybody placed in an offer today, ``udenbys`` included."""
        return sum(row["count"] for row in self.tables["residents"] if row["offer"] == offer)

    def place(self, code: str, group: str, offer: str, as_of: str, count: int) -> None:
        """Add residents, in the row there is or a new one."""
        for row in self.tables["residents"]:
            if (row["municipality"], row["target_group"], row["offer"]) == (code, group, offer):
                row["count"] += count
                return
        self.add("residents", municipality=code, target_group=group, offer=offer, count=count, as_of=as_of)

    def payers(self, offer: Row) -> list[str]:
        """Municipalities with a route to the offer (and ``udenbys`` where the family is on)."""
        linked = {offer["municipality"]}
        links = self.tables["travel_links"]
        for _ in self.codes:
            for row in links:
                if {row["from"], row["to"]} & linked:
                    linked |= {row["from"], row["to"]}
        linked |= {
            row["municipality"] for row in self.tables["travel_times"] if row["offer_or_candidate"] == offer["id"]
        }
        found = [code for code in self.codes if code in linked]
        return [*found, EXTERNAL] if "external" in self.on else found
