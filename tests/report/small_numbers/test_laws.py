"""What must hold of every protected table, shown by an attacker of its own."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from kapacitet.faults import FaultyInput
from kapacitet.report.small_numbers import (
    Cell,
    Effort,
    Reason,
    Relation,
    Rule,
    Table,
    protect_counts,
    total,
)
from kapacitet.report.small_numbers.prover import Prover
from tests.report.small_numbers.attacker import interval
from tests.report.small_numbers.tables import linked, table

TOLERANCE = 1e-4


def random_table(seed: int) -> Table:
    """A two-way, three-way or linked table, of whole numbers or of decimals."""
    rng = np.random.default_rng(seed)
    shape = [(4, 5), (2, 3, 3), (3, 3)][seed % 3]
    counts = rng.choice([0, 1, 2, 4, 5, 8, 13, 30], size=shape)
    more = rng.random(shape).round(3) if seed % 2 else np.zeros(shape)
    demand = np.where(counts > 0, counts + more, 0)
    return linked(demand, np.minimum(demand, rng.choice([0, 1, 3], size=shape))) if seed % 3 == 2 else table(demand)


def is_whole(shown: Table) -> bool:
    return all(value == round(value) for value in shown.values.values())


@pytest.mark.parametrize("seed", range(18))
def test_every_hidden_cell_can_be_anything_up_to_the_threshold(seed: int) -> None:
    shown = random_table(seed)
    whole = is_whole(shown)
    least = 1.0 if whole else 0.0
    outcome = protect_counts(shown, Rule())
    everything = {cell for cell, value in shown.values.items() if value > 0}
    primary = {cell for cell, reason in outcome.hidden.items() if reason is Reason.PRIMARY}
    assert primary == {cell for cell, value in shown.values.items() if 0 < value < 5}
    assert outcome.published.keys() | outcome.hidden.keys() == shown.values.keys()
    assert all(outcome.published[cell] == shown.values[cell] for cell in outcome.published)

    def range_of(cell: Cell, hidden: set[Cell]) -> tuple[float, float]:
        return interval(shown, hidden, cell, known=lambda _: (least, 1e5), whole=whole)

    for cell in outcome.hidden:
        low, high = range_of(cell, set(outcome.hidden))
        if cell in primary:
            assert high >= 5 - TOLERANCE
            assert low <= max(least, range_of(cell, everything)[0]) + TOLERANCE
        else:
            assert high - low >= 1 - TOLERANCE


@pytest.mark.parametrize("seed", range(6))
def test_order_of_the_input_changes_nothing(seed: int) -> None:
    shown = random_table(seed)
    rng = np.random.default_rng(seed)
    cells = list(shown.values)
    shuffled = Table(
        {cells[i]: shown.values[cells[i]] for i in rng.permutation(len(cells))},
        tuple(
            Relation(tuple(relation.terms[j] for j in rng.permutation(len(relation.terms))))
            for relation in (shown.relations[i] for i in rng.permutation(len(shown.relations)))
        ),
    )
    one, other = protect_counts(shown), protect_counts(shuffled)
    assert dict(one.hidden) == dict(other.hidden)
    assert (one.loss, one.bound) == (other.loss, other.bound)


@pytest.mark.parametrize("seed", range(6))
def test_a_higher_threshold_hides_every_small_cell_of_a_lower(seed: int) -> None:
    shown = random_table(seed)
    primary = [
        {cell for cell, reason in protect_counts(shown, Rule(threshold=threshold)).hidden.items()
         if reason is Reason.PRIMARY}
        for threshold in (2, 3, 5, 9)
    ]  # fmt: skip
    assert all(fewer <= more for fewer, more in pairwise(primary))


@pytest.mark.parametrize("seed", range(6))
def test_without_time_the_table_is_safe_all_the_same(seed: int) -> None:
    shown = random_table(seed)
    hurried = protect_counts(shown, effort=Effort(rounds=0, nodes=0, seconds=0.0))
    assert hurried.loss >= protect_counts(shown).loss - TOLERANCE
    whole = is_whole(shown)
    for cell, reason in hurried.hidden.items():
        least = 1.0 if whole else 0.0
        high = interval(shown, hurried.hidden, cell, known=lambda _, least=least: (least, 1e5), whole=whole)[1]
        assert reason is Reason.SECONDARY or high >= 5 - TOLERANCE


def test_a_total_with_one_contributor_is_hidden_with_it() -> None:
    outcome = protect_counts(table([[3, 0, 0], [9, 8, 20], [7, 12, 30]]))
    assert {("r0", "k0"), ("r0", "sum")} <= outcome.hidden.keys()
    assert outcome.published["r0", "k1"] == 0


def test_nothing_small_hides_nothing() -> None:
    outcome = protect_counts(table([[5, 0], [7, 9]]))
    assert not outcome.hidden and outcome.loss == outcome.bound == outcome.gap == 0 and outcome.proven


def test_a_lone_small_cell_hides_the_whole_line_up_to_its_total() -> None:
    values = {("a",): 3.0, ("b",): 0.0, ("sum",): 3.0}
    outcome = protect_counts(Table(values, (total(("sum",), [("a",), ("b",)]),)))
    assert outcome.hidden.keys() == {("a",), ("sum",)}


def test_zeros_can_be_hidden_as_small() -> None:
    outcome = protect_counts(table([[0, 9], [7, 9]]), Rule(zeros="skjules"))
    assert outcome.hidden[("r0", "k0")] is Reason.PRIMARY
    assert interval(table([[0, 9], [7, 9]]), outcome.hidden, ("r0", "k0"))[1] >= 5


@pytest.mark.parametrize("whole", [True, False])
def test_marks_that_tell_which_are_small_are_reckoned_with(whole: bool) -> None:
    shown = table(np.array([[3, 9, 8], [7, 2, 9], [30, 8, 12]]) + (0 if whole else 0.25))
    outcome = protect_counts(shown, Rule(labelled=True))

    def known(cell: Cell) -> tuple[float, float]:
        small = outcome.hidden[cell] is Reason.PRIMARY
        return ((1.0 if whole else 0.0), (4.0 if whole else 5.0)) if small else (5.0, 1e5)

    for cell, reason in outcome.hidden.items():
        low, high = interval(shown, outcome.hidden, cell, known=known, whole=whole)
        wide = (3 if whole else 5) if reason is Reason.PRIMARY else 1
        assert high - low >= wide - TOLERANCE


def test_cells_known_from_elsewhere_stay_and_give_nothing_away() -> None:
    shown = table([[3, 9, 8], [7, 6, 9], [30, 8, 12]])
    free = protect_counts(shown)
    fixed = frozenset(cell for cell, reason in free.hidden.items() if reason is Reason.SECONDARY)
    outcome = protect_counts(Table(shown.values, shown.relations, published=fixed))
    assert not fixed & outcome.hidden.keys()
    low, high = interval(shown, outcome.hidden, ("r0", "k0"), known=lambda _: (1.0, 1e5))
    assert low <= 1 + TOLERANCE and high >= 5 - TOLERANCE
    assert outcome.loss >= free.loss


def test_what_is_already_given_away_is_refused() -> None:
    shown = table([[3, 9], [7, 6]])
    others = frozenset(shown.values) - {("r0", "k0")}
    with pytest.raises(FaultyInput, match="kan regnes ud"):
        protect_counts(Table(shown.values, shown.relations, published=others))
    with pytest.raises(FaultyInput, match="offentliggjort et andet sted"):
        protect_counts(Table(shown.values, shown.relations, published=frozenset({("r0", "k0")})))


def test_whole_numbers_are_attacked_as_such() -> None:
    """2·half = all with all = 5, 6, 7: as decimals 2.5 and 3.5 would do, as whole numbers 3 alone."""
    values = {("half",): 3.0, ("all",): 6.0, ("other",): 8.0, ("sum",): 14.0}
    relations = (Relation(((("all",), 1.0), (("half",), -2.0))), total(("sum",), [("all",), ("other",)]))
    outcome = protect_counts(Table(values, relations))
    hidden = set(outcome.hidden)
    low, high = interval(Table(values, relations), hidden, ("half",), known=lambda _: (1.0, 1e5), whole=True)
    assert low == pytest.approx(1) and high >= 5


@pytest.mark.parametrize(
    ("values", "message"),
    [({("a",): -1.0, ("s",): -1.0}, "ikke et antal"), ({("a",): 2.0, ("s",): 3.0}, "stemmer ikke"),
     ({("s",): 3.0}, "har intet tal")],
)  # fmt: skip
def test_tables_that_make_no_sense_are_refused(values: dict[Cell, float], message: str) -> None:
    with pytest.raises(FaultyInput, match=message):
        Table(values, (total(("s",), [("a",)]),))


def test_the_audit_refuses_a_pattern_with_a_hole() -> None:
    from kapacitet.report.small_numbers.component import systems
    from kapacitet.report.small_numbers.counts import request

    shown = table([[3, 9, 8], [7, 6, 9], [30, 8, 12]])
    (system,) = systems(shown, request(shown, Rule()))
    prover = Prover(system.components[0])
    assert prover.shortfalls(system.forced[system.components[0].unit])
    assert not prover.shortfalls(np.ones(len(system.weight), dtype=bool))
