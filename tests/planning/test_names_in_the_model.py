"""Ids that read alike once made safe for an LP file still give a model, with names of their own."""

from __future__ import annotations

from kapacitet.planning.extensive import build_extensive
from kapacitet.planning.optimise import optimise
from kapacitet.planning.solver import Ending
from tests.independent.hand import Hand
from tests.planning.worlds import buying, problem_of, tiny


def look_alikes() -> Hand:
    """«Places of a for g» and «places of a-g» read alike, and so do m-x for g and x for g-l."""
    hand = tiny()
    hand.group("g-l")
    buying(hand, "g-l")
    hand.need("561", "g-l", 2025, 2.0)
    hand.set("limits", closures=True, reserve_min=0.01)
    for name in ("a", "a-g", "a_g", "m-x"):
        hand.offer(name, 4, 1.0, 1.0, earliest_close=2025, legal_basis="sel107;sel108")
    hand.offer("x", 4, 1.0, 1.0, target_groups="g-l", legal_basis="sel107;sel108")
    hand.group("g", temporary_share=0.5)
    hand.group("g-l", temporary_share=0.5)
    return hand


def test_every_column_and_row_has_a_name_of_its_own() -> None:
    lp = build_extensive(problem_of(look_alikes())).model.lp
    columns = [v.name for v in lp.variables()]
    rows = [row.name for row in lp.constraints()]
    assert len(set(columns)) == len(columns)
    assert len(set(rows)) == len(rows)


def test_both_ways_of_solving_work() -> None:
    problem = problem_of(look_alikes())
    extensive, benders = optimise(problem, method="extensive").solved, optimise(problem, method="benders").solved
    assert extensive.ending is benders.ending is Ending.OPTIMAL
    assert extensive.objective is not None
    assert benders.objective == extensive.objective
