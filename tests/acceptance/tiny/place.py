"""Municipalities, groups, need and prices of a tiny region made to be refused or accepted."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass, field

from tests.independent.case import EXTERNAL, PRICE_YEAR, Row, Tables, parts
from tests.independent.columns import empty_tables, make_row

NAMES = (
    ("410", "Middelfart"),
    ("420", "Assens"),
    ("561", "Esbjerg"),
    ("563", "Fanø"),
    ("573", "Varde"),
    ("575", "Vejen"),
)
GROUPS = (("autisme", "Autisme"), ("dom", "Udviklingshæmning med dom"))
REGION = "Region Syddanmark"


@dataclass
class Making:
    """A case in the making.

    Attributes:
        rng: source of every draw.
        first, last: the horizon.
        tables: tables so far.
    """

    rng: random.Random
    first: int
    last: int
    tables: Tables = field(default_factory=empty_tables)

    @property
    def years(self) -> range:
        return range(self.first, self.last + 1)

    @property
    def codes(self) -> list[str]:
        return [row["code"] for row in self.tables["municipalities"]]

    @property
    def groups(self) -> list[str]:
        return [row["id"] for row in self.tables["target_groups"]]

    def add(self, table: str, **values: object) -> Row:
        """Append a row and return it."""
        row = make_row(table, **values)
        self.tables[table].append(row)
        return row

    def kr(self, low: float, high: float) -> float:
        """An amount to the hundred, so that two rarely tie."""
        return round(self.rng.uniform(low, high), -2)

    def some_groups(self) -> str:
        """One group, or both."""
        return ";".join(self.groups if self.rng.random() < 0.4 else [self.rng.choice(self.groups)])


def add_municipalities(making: Making) -> None:
    """Two to four, small and large, along a road with ferries; some with limits of their own."""
    rng = making.rng
    for code, name in rng.sample(NAMES, rng.randint(2, 4)):
        making.add(
            "municipalities",
            code=code,
            name=name,
            population=rng.choice(
                (rng.randint(3_000, 9_000), rng.randint(15_000, 60_000), rng.randint(40_000, 120_000))
            ),
            seat=name,
            latitude=round(rng.uniform(55.0, 55.7), 4),
            longitude=round(rng.uniform(8.5, 10.5), 4),
            expected_limit=rng.choice((None, None, None, 10.0, 50.0)),
            risk_limit=rng.choice((None, None, None, 25.0, 80.0)),
        )
    for a, b in itertools.pairwise(making.codes):
        making.add(
            "travel_links",
            from_=a,
            to=b,
            kind=rng.choice(("road", "road", "ferry")),
            minutes=float(rng.randint(9, 95)),
        )


def add_groups(making: Making) -> None:
    """One or two, with and without ydelsestakst."""
    rng = making.rng
    for name, title in rng.sample(GROUPS, rng.randint(1, 2)):
        making.add(
            "target_groups",
            id=name,
            name=title,
            support_step=rng.choice((0.5, 1.5, 3.0)),
            attrition=rng.choice((0.0, 0.07, 0.2)),
            temporary_share=rng.choice((0.0, 0.0, 0.25)),
            complex=rng.random() < 0.5,
        )
    making.add("support_step_price", year=PRICE_YEAR, price=round(rng.uniform(250, 450), 1))


def add_need(making: Making) -> None:
    """Need from today's residents on: rising, level or falling."""
    rng = making.rng
    everywhere = rng.random() < 0.4
    for code in making.codes:
        for group in making.groups:
            housed = sum(
                row["count"]
                for row in making.tables["residents"]
                if (row["municipality"], row["target_group"]) == (code, group)
            )
            level = housed + rng.choice(
                (rng.uniform(0.5, 3.0) if everywhere else 0.0, rng.uniform(0.3, 2.0), rng.uniform(0.5, 4.0))
            )
            growth = rng.choice((0.93, 1.0, 1.04, 1.1, 1.2))
            for year in making.years:
                need = round(level * growth ** (year - making.first) + 0.004, 2)
                need = max(need, float(housed)) if year == making.first else need
                making.add(
                    "demand", municipality=code, target_group=group, year=year, low=need, central=need, high=need
                )


def add_prices(making: Making) -> None:
    """Purchase, dear and now and then scarce; agreed prices, refund thresholds and an own key."""
    rng = making.rng
    for group in making.groups:
        held = sum(row["count"] for row in making.tables["residents"] if row["offer"] == f"udenfor:{group}")
        making.add(
            "purchase_prices",
            target_group=group,
            year=PRICE_YEAR,
            price=making.kr(1_900_000, 3_300_000),
        )
        if rng.random() < 0.25:
            making.add(
                "purchase_prices",
                target_group=group,
                year=rng.choice(making.years),
                price=making.kr(1_900_000, 3_200_000),
                available=held + rng.choice((1.0, 2.5)),
            )
    making.tables["purchase_prices"] = [
        row
        for number, row in enumerate(making.tables["purchase_prices"])
        if (row["target_group"], row["year"])
        not in {(later["target_group"], later["year"]) for later in making.tables["purchase_prices"][number + 1 :]}
    ]
    for offer in making.tables["offers"]:
        if offer["price"] is None and rng.random() < 0.3:
            making.add(
                "agreed_prices",
                municipality=rng.choice(making.codes),
                offer=offer["id"],
                target_group=rng.choice(parts(offer["target_groups"])),
                price=making.kr(1_000_000, 2_400_000),
            )
    if rng.random() < 0.5:
        year = rng.choice((PRICE_YEAR, 2020))
        for threshold, percent in ((830_000, 25), (1_630_000, 50), (2_050_000, 75)):
            making.add("refund_thresholds", year=year, threshold=float(threshold), percent=float(percent))
        if rng.random() < 0.6:
            making.add("pl_index", year=2020, index=88.5)
            making.add("pl_index", year=PRICE_YEAR, index=103.0)
    for code in making.codes:
        making.add("keys", key="egen", municipality=code, weight=float(rng.randint(0, 5)) + (code == making.codes[0]))


def house_everybody(making: Making, offer: Row) -> None:
    """Residents of an offer, some of them guests, never more than there is room for."""
    rng = making.rng
    here: dict[tuple[str, str], int] = {}
    guests = rng.random() < 0.25
    for _ in range(max(0, offer["places"] - rng.choice((0, 0, 1, 2)))):
        code = EXTERNAL if guests and rng.random() < 0.4 else rng.choice(making.codes)
        pair = code, rng.choice(parts(offer["target_groups"]))
        here[pair] = here.get(pair, 0) + 1
    for (code, group), count in here.items():
        making.add(
            "residents",
            municipality=code,
            target_group=group,
            offer=offer["id"],
            count=count,
            as_of=f"{making.first}-01-01",
        )
