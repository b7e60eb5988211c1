"""Offers, residents, candidates and conversions of a tiny region."""

from __future__ import annotations

from .case import EXTERNAL, Row, parts
from .money import is_shared
from .tiny_world import World

REGION = "Region Syddanmark"
PROFILES = (("1",), ("1", "0.5;0.5", "0.25;0.75", "0.3;0.7"), ("1", "0.5;0.5", "0.2;0.5;0.3", "0;1"))
"""Spend profiles by lead time: everything is spent by the year of opening."""


def add_offers(world: World) -> None:
    """One to four existing offers of every owner type."""
    rng = world.rng
    for number in range(rng.randint(1, 4)):
        owner_type = rng.choice(("kommune", "kommune", "region", "privat", "selvejende"))
        code = rng.choice(world.codes)
        inside = owner_type in ("kommune", "region") or (owner_type == "selvejende" and rng.random() < 0.6)
        shared = owner_type != "privat" and inside
        places = rng.randint(2, 6)
        owner = {"kommune": code if rng.random() < 0.8 else rng.choice(world.codes), "region": REGION}
        fixed = world.kr(places * rng.uniform(900_000, 2_200_000))
        opened, closes = _life(world)
        closable = shared and opened is None and "closures" in world.on and rng.random() < 0.7
        has_price_only = not shared and rng.random() < 0.5
        world.add(
            "offers",
            id=f"t{number + 1}",
            name=f"Tilbud {number + 1}",
            municipality=code,
            owner_type=owner_type,
            owner=owner.get(owner_type, "Fonden Test"),
            legal_basis=rng.choice(("sel107", "sel108", "sel108", "sel107;sel108", "abl105", "sel108;abl105")),
            target_groups=";".join(world.subset(world.groups)),
            places=places,
            fixed_cost=None if has_price_only else fixed,
            capital_charge=round(fixed * rng.uniform(0.02, 0.15), 2) if shared and rng.random() < 0.6 else None,
            variable_cost=None if has_price_only else world.kr(rng.uniform(150_000, 900_000)),
            price=None if shared else world.kr(rng.uniform(1_600_000, 3_200_000)),
            top_up=world.kr(rng.uniform(5_000, 200_000)) if "top_up" in world.on and rng.random() < 0.5 else None,
            budgeted_occupancy=round(rng.uniform(0.8, 1.0), 2),
            opened=opened,
            closes=closes,
            earliest_close=rng.randint(world.first - 1, world.last) if closable else None,
            closing_cost=world.kr(rng.uniform(100_000, 3_000_000)) if shared and rng.random() < 0.6 else None,
            minimum_residents=_minimum(world, places),
            staff_per_place=_staff(world),
            yearly_tilsyn=_tilsyn(world),
            in_rammeaftale=inside,
            as_of=f"{world.first - 1}-12-31",
        )


def _life(world: World) -> tuple[int | None, int | None]:
    """Years an offer opens and closes by the table, mostly blank."""
    if "closes" not in world.on or world.rng.random() < 0.4:
        return None, None
    opened = world.rng.choice((None, world.rng.randint(world.first - 2, world.last)))
    closes = world.rng.choice((None, world.rng.randint(world.first, world.last + 1)))
    if opened is not None and closes is not None and closes <= opened:
        closes = None
    return opened, closes


def _minimum(world: World, places: int) -> int | None:
    if "critical_mass" not in world.on or world.rng.random() < 0.3:
        return None
    return world.rng.randint(1, places)


def _staff(world: World) -> float | None:
    return round(world.rng.uniform(0.8, 2.5), 1) if "staff" in world.on and world.rng.random() < 0.8 else None


def _tilsyn(world: World) -> float | None:
    on = "approval_and_tilsyn" in world.on and world.rng.random() < 0.7
    return world.kr(world.rng.uniform(20_000, 300_000)) if on else None


def add_residents(world: World) -> None:
    """Today's residents: never more than there is room for, never without a route."""
    rng = world.rng
    world.tables["residents"].clear()
    counted = world.first - rng.randint(0, 2)
    as_of = f"{counted}-{rng.choice(('01-01', '12-31'))}"
    for offer in world.tables["offers"]:
        starts_later = offer["opened"] is not None and offer["opened"] > counted
        ended = offer["closes"] is not None and offer["closes"] <= world.first
        if starts_later or ended:
            continue
        for _ in range(rng.randint(0, offer["places"])):
            group = rng.choice(parts(offer["target_groups"]))
            world.place(rng.choice(world.payers(offer)), group, offer["id"], as_of, 1)
    if "outside" in world.on:
        for code in world.codes:
            for group in world.groups:
                if rng.random() < 0.4:
                    world.place(code, group, f"udenfor:{group}", as_of, rng.randint(1, 2))
    assert all(row["municipality"] == EXTERNAL or row["count"] > 0 for row in world.tables["residents"])


def add_candidates(world: World) -> None:
    """One to four candidates in one to four projects, some of them variants of one project."""
    rng = world.rng
    project = 0
    for number in range(rng.choices((1, 2, 3, 4), (1, 2, 3, 5))[0]):
        if number == 0 or rng.random() < 0.65:
            project += 1
        _candidate(world, f"k{number + 1}", f"p{project}")
    if "requires" in world.on:
        for row in world.tables["candidates"]:
            others = [other for other in world.tables["candidates"] if other["project"] < row["project"]]
            if others and rng.random() < 0.5:
                other = rng.choice(others)
                row["requires"] = rng.choice((other["id"], other["project"]))


def _candidate(world: World, name: str, project: str) -> Row:
    rng = world.rng
    places = rng.randint(2, 8)
    code = rng.choice(world.codes)
    owner_type = rng.choice(("kommune", "kommune", "region"))
    owner = code if rng.random() < 0.85 else rng.choice(world.codes)
    earliest = rng.choice((world.first - 1, world.first, world.first, rng.randint(world.first, world.last)))
    bases = ["sel107", "sel108", "sel108", "sel107;sel108"] + (["abl105"] * 3 if "abl" in world.on else [])
    basis = rng.choice(bases)
    longest = 2 if rng.random() < 0.2 else world.last - world.first
    lead = rng.choice((0, min(1, longest), min(2, longest))) if "lead" in world.on else 0
    approval = "approval_and_tilsyn" in world.on and rng.random() < 0.7
    housing = "housing" in world.on and (basis == "abl105" or rng.random() < 0.3)
    return world.add(
        "candidates",
        id=name,
        project=project,
        name=f"Projekt {project} variant {name}",
        municipality=code,
        owner_type=owner_type,
        owner=owner if owner_type == "kommune" else REGION,
        legal_basis=basis,
        target_groups=";".join(world.subset(world.groups)),
        places=places,
        construction_cost=world.kr(places * rng.uniform(800_000, 2_400_000)),
        spend_profile=rng.choice(PROFILES[lead]),
        lead_time=lead,
        earliest=earliest,
        latest=max(earliest, rng.choice((world.last - 1, world.last, world.last + 1))),
        fixed_cost=world.kr(places * rng.uniform(200_000, 1_500_000)),
        variable_cost=world.kr(rng.uniform(150_000, 700_000)),
        housing_cost=world.kr(places * rng.uniform(20_000, 120_000)) if housing else None,
        budgeted_occupancy=round(rng.uniform(0.8, 1.0), 2),
        startup_occupancy=rng.choice((None, "0.7;0.85")),
        minimum_residents=_minimum(world, places),
        staff_per_place=_staff(world),
        approval_cost=world.kr(rng.uniform(20_000, 900_000)) if approval else None,
        yearly_tilsyn=_tilsyn(world),
    )


def add_conversions(world: World) -> None:
    """Conversions of shared offers that don't open or close by the table."""
    rng = world.rng
    if "conversions" not in world.on:
        return
    for offer in world.tables["offers"]:
        own = list(parts(offer["target_groups"]))
        new = [group for group in world.groups if group not in own]
        fixed_life = offer["opened"] is not None or offer["closes"] is not None
        if not new or fixed_life or not is_shared(offer) or rng.random() < 0.2:
            continue
        world.add(
            "conversions",
            offer=offer["id"],
            from_groups=";".join(world.subset(own)),
            to_groups=";".join(world.subset(new)),
            cost=world.kr(rng.uniform(50_000, 3_000_000)),
            years=rng.randint(0, min(1, world.last - world.first)),
            earliest=rng.randint(world.first - 1, world.last),
        )
