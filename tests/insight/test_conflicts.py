"""Contradictions: the named set is irreducible, and each requirement says by how much it must give."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest
import scipy.optimize as so

from kapacitet.insight.conflicts import _can_give, explain
from kapacitet.insight.result import Conflict, Relaxation
from kapacitet.planning.arrays import linear_program
from kapacitet.planning.constraints import FAMILIES
from kapacitet.planning.extensive import add_master
from kapacitet.planning.optimise import optimise
from kapacitet.planning.problem import Problem
from kapacitet.planning.rows import Model
from kapacitet.planning.solver import Ending
from tests.independent.hand import Hand
from tests.insight.results import answer
from tests.planning.worlds import problem_of, random_problem, second_group, tiny

MILLION = 1e6
Mend = Callable[[Hand, float], None]
RANDOM = [("some", seed) for seed in (41, 40, 57, 63, 98, 112, 123, 147, 152, 166, 173)] + [
    ("all", seed) for seed in (38, 98, 100, 116, 139, 145, 162, 191)
]


def solvable(hand: Hand) -> bool:
    return optimise(problem_of(hand), method="extensive").solved.ending is Ending.OPTIMAL


def named(hand: Hand) -> dict[str, float | None]:
    """Family of each requirement (numbered where there are several) -> how much it must give."""
    conflict = explain(problem_of(hand))
    assert conflict is not None
    count = itertools.count()
    found: dict[str, float | None] = {}
    for one in conflict.requirements:
        found[one.family if one.family not in found else f"{one.family}{next(count)}"] = one.amount
    return found


def costly() -> Hand:
    """Purchase at 1 mio. kr.; a municipal house of 8 places at 10 mio. kr."""
    hand = tiny({2025: 3.0})
    hand.tables["purchase_prices"][0]["price"] = MILLION
    hand.candidate("nyt", 8, 10 * MILLION, MILLION, MILLION, staff_per_place=1.5)
    return hand


def forced_beyond_the_frame() -> Hand:
    hand = costly()
    hand.set("projects", forced=["nyt"])
    hand.set("limits", anlaegsramme="hard")
    hand.add("anlaegsramme", municipality="561", year=2025, amount=4 * MILLION)
    return hand


def reserve_without_places() -> Hand:
    hand = tiny({2025: 3.0})
    hand.offer("hus", 3, 1.0, 1.0)
    hand.set("limits", reserve_min=0.2)
    return hand


def public_share_without_places() -> Hand:
    hand = tiny({2025: 5.0})
    hand.offer("hus", 2, 1.0, 1.0)
    hand.set("limits", public_share_min=0.8)
    return hand


def forced_beyond_the_staff() -> Hand:
    hand = costly()
    hand.set("projects", forced=["nyt"])
    hand.set("limits", staff="hard")
    hand.add("staff_limits", area="561", year=2025, hires=10.0)
    return hand


def two_houses_one_liquidity() -> Hand:
    hand = tiny({2025: 3.0})
    hand.tables["purchase_prices"][0]["price"] = MILLION
    for name in ("a", "b", "c"):
        own = {"owner_type": "region", "owner": "Region Syddanmark"}
        hand.candidate(name, 4, 6 * MILLION, MILLION, MILLION, **own)
    hand.set("projects", forced=["a", "b"])
    hand.add("region_liquidity", year=2025, amount=10 * MILLION)
    return hand


def stage_two_without_stage_one() -> Hand:
    hand = tiny({2025: 3.0})
    hand.candidate("a", 4, 1.0, 1.0, 1.0)
    hand.candidate("b", 4, 1.0, 1.0, 1.0, requires="a")
    hand.set("projects", forced=["b"], forbidden=["a"])
    return hand


def _unforce(hand: Hand, _: float) -> None:
    hand.set("projects", forced=[])


def _amount(table: str, column: str = "amount", unit: float = MILLION) -> Mend:
    def mend(hand: Hand, amount: float) -> None:
        hand.tables[table][0][column] += amount * unit

    return mend


def _reserve(hand: Hand, amount: float) -> None:
    """3/(1 − r) = 3.75 less the amount."""
    hand.set("limits", reserve_min=max(1 - 3.0 / (3.75 - amount), 0.0))


def _share(hand: Hand, amount: float) -> None:
    hand.set("limits", public_share_min=(4 - amount) / 5)


def _force_one(hand: Hand, _: float) -> None:
    hand.set("projects", forced=["a"])


def _force_other(hand: Hand, _: float) -> None:
    hand.set("projects", forced=["b"])


def _allow(hand: Hand, _: float) -> None:
    hand.set("projects", forbidden=[])


CASES: list[tuple[Callable[[], Hand], dict[str, float], list[Mend]]] = [
    (forced_beyond_the_frame, {"projects": 1, "anlaegsramme": 6}, [_unforce, _amount("anlaegsramme")]),
    (reserve_without_places, {"reserve": 0.75}, [_reserve]),
    (public_share_without_places, {"public_share": 2}, [_share]),
    (forced_beyond_the_staff, {"projects": 1, "staff": 2}, [_unforce, _amount("staff_limits", "hires", 1.0)]),
    (
        two_houses_one_liquidity,
        {"projects": 1, "projects0": 1, "region_liquidity": 2},
        [_force_one, _force_other, _amount("region_liquidity")],
    ),
    (stage_two_without_stage_one, {"projects": 1, "projects0": 1}, [_unforce, _allow]),
]
IDS = [build.__name__ for build, _, _ in CASES]


@pytest.mark.parametrize(("build", "expected", "mends"), CASES, ids=IDS)
def test_what_is_named_and_by_how_much(
    build: Callable[[], Hand], expected: dict[str, float], mends: list[Mend]
) -> None:
    assert named(build()) == pytest.approx(expected, rel=1e-6)
    assert not solvable(build())
    assert len(mends) == len(expected)


@pytest.mark.parametrize(("build", "expected", "mends"), CASES, ids=IDS)
def test_giving_way_on_any_one_of_them_is_enough_and_less_is_not(
    build: Callable[[], Hand], expected: dict[str, float], mends: list[Mend]
) -> None:
    for mend, amount in zip(mends, expected.values(), strict=True):
        mended = build()
        mend(mended, amount * (1 + 1e-9))
        assert solvable(mended)
        assert explain(problem_of(mended)) is None
        if mend not in (_unforce, _force_one, _force_other, _allow):
            short = build()
            mend(short, amount * 0.99)
            assert not solvable(short)


def test_the_words() -> None:
    found = answer(forced_beyond_the_frame())
    assert isinstance(found, Conflict)
    texts = [one.text() for one in found.requirements]
    assert sorted(texts) == [
        "Kommune 561 bygger inden for sin anlægsramme i 2025 (aftale); lemp med mindst 6 mio. kr.",
        "nyt skal bygges (tvunget i scenariet) (politik); fjern kravet",
    ]


def test_a_decimal_comma_in_the_amount() -> None:
    (one,) = (explain(problem_of(reserve_without_places())) or pytest.fail()).requirements
    assert one.text() == (
        "mindst 20 % ledige pladser til g (langvarig) i 2025 (politik); lemp med mindst 0,75 pladser"
    )


def test_a_forced_project_that_cannot_be_built_at_all_is_named_alone() -> None:
    hand = costly()
    hand.tables["candidates"][0].update(earliest=2030, latest=2031)
    hand.set("projects", forced=["nyt"])
    conflict = explain(problem_of(hand))
    assert conflict is not None
    (one,) = conflict.requirements
    assert one.sentence.endswith("men ingen udgave af det kan begyndes og åbne inden for planens år")


def test_what_has_nothing_to_do_with_it_is_not_named() -> None:
    """Another municipality's tight frame and an idle staff limit stay out of the set."""
    hand = forced_beyond_the_frame()
    hand.set("limits", staff="hard")
    hand.add("staff_limits", area="561", year=2025, hires=12.0)
    hand.add("joint_frame", year=2025, amount=3 * MILLION)
    assert set(named(hand)) == {"projects", "anlaegsramme"}


def test_no_contradiction_no_conflict() -> None:
    assert explain(problem_of(costly())) is None


def test_nothing_to_choose_is_no_contradiction() -> None:
    hand = tiny({2025: 3.0})
    assert explain(problem_of(hand)) is None


def rows_of(problem: Problem) -> tuple[Model, Callable[[set[str], dict[str, float]], bool]]:
    """The master, and whether it has a plan with some rows left out and others giving way (scipy's solver)."""
    model = Model("check")
    add_master(model, problem)
    program = linear_program(model.lp)
    whole = np.array([v.cat == "Integer" for v in model.lp.variables()], dtype=float)

    def possible(without: set[str], giving: dict[str, float]) -> bool:
        low, high = program.row_lower.copy(), program.row_upper.copy()
        for i, name in enumerate(program.row_names):
            give = np.inf if name in without else giving.get(name, 0.0)
            low[i], high[i] = low[i] - give, high[i] + give
        found = so.milp(
            np.zeros(len(program.cost)),
            constraints=so.LinearConstraint(program.matrix, low, high) if len(low) else (),
            bounds=so.Bounds(program.lower, program.upper),
            integrality=whole,
        )
        return bool(found.status == 0)

    return model, possible


@pytest.mark.parametrize(("families", "seed"), RANDOM)
def test_random_contradictions_are_irreducible_and_the_amounts_mend_them(families: str, seed: int) -> None:
    """Each contradiction fails alone and not without any one of its requirements; no two share one."""
    problem = random_problem(seed, families)  # type: ignore[arg-type]
    conflict = explain(problem)
    assert conflict is not None and conflict.requirements
    model, possible = rows_of(problem)
    giving = {name: info for name, info in model.rows.items() if _can_give(info)}
    rows = {
        one: next(
            name
            for name, info in giving.items()
            if info.family == one.family and FAMILIES[one.family].sentence(problem, info.subject) == _bare(one)
        )
        for one in conflict.requirements
    }
    assert len(set(rows.values())) == len(rows)
    everything = set(rows.values())
    for number in {one.contradiction for one in conflict.requirements}:
        core = {rows[one] for one in conflict.requirements if one.contradiction == number}
        others = set(giving) - core
        assert not possible(others, {})
        assert all(possible(others | {name}, {}) for name in core)
        for one in conflict.requirements:
            if one.contradiction == number and one.amount is not None:
                amount = one.amount * (MILLION / problem.money_unit if one.unit == "mio. kr." else 1.0)
                assert possible(everything - core, {rows[one]: amount * (1 + 1e-6) + 1e-7})
                assert not possible(everything - core, {rows[one]: amount * 0.99 - 1e-3})


def _bare(one: Relaxation) -> str:
    return one.sentence.removesuffix(", men ingen udgave af det kan begyndes og åbne inden for planens år")


def test_contradictions_that_share_nothing_are_told_apart() -> None:
    """A forced house beyond its frame, and a reserve for another group that nobody has places for."""
    hand = forced_beyond_the_frame()
    hand.offer("hus", 6, 1.0, 1.0)
    second_group(hand, amount=2.0)
    hand.set("limits", reserve_min=0.5)
    conflict = explain(problem_of(hand))
    assert conflict is not None
    by_number: dict[int, set[tuple[str, float | None]]] = {}
    for one in conflict.requirements:
        amount = None if one.amount is None else round(one.amount, 6)
        by_number.setdefault(one.contradiction, set()).add((one.family, amount))
    assert sorted(by_number.values(), key=len) == [{("reserve", 4.0)}, {("projects", 1.0), ("anlaegsramme", 6.0)}]
    assert set(by_number) == {1, 2}
