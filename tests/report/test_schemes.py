"""Schemes side by side: the tables' figures, and which scheme is best for whom."""

from __future__ import annotations

import pandas as pd
import pytest

from kapacitet.insight.acceptance_tables import PICKED
from kapacitet.ledger.schemes import SCHEMES
from kapacitet.report.document import Grid, Paragraph
from kapacitet.report.schemes import best_schemes, scheme_blocks
from tests.report import payments, world

PEOPLE = pd.Series([40_000.0, 100_000.0])


def parts(schemes: pd.DataFrame) -> tuple[Grid, Paragraph, Grid]:
    first, told, paid = scheme_blocks(payments.result(schemes=schemes))
    assert isinstance(first, Grid) and isinstance(told, Paragraph) and isinstance(paid, Grid)
    return first, told, paid


def test_a_row_for_each_scheme_and_for_what_is_agreed() -> None:
    accepted = {"accepted": True, "refusals": 0, "better_off": 2, "worse_off": 0, "largest_burden": -3.0}
    first, _, _ = parts(payments.schemes(objektiv={**accepted, "gain": 7.3e6, "dare_from": 40_000.5}))
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in first.rows}
    assert list(rows) == [*(SCHEMES[name].title for name in SCHEMES), "Planens aftaler"]
    assert rows["Standard"] == ["1 part", "1 / 1", "+20", "+2,0", "ingen er store nok", "0 af 2"]
    assert rows["Objektiv finansiering"] == ["ingen", "2 / 0", "-3", "+7,3", "40.001", "1 af 2"]


def test_only_what_is_paid_has_a_column_and_rows_add_up() -> None:
    _, _, paid = parts(payments.schemes(garanti={"garanti": 4e6, "ejer": -14e6}))
    assert paid.columns == ("Betalt som", "Takst", "Garanti", "Ejerens resultat", "I alt")
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in paid.rows}
    assert rows["Underskudsgaranti"] == ["100,0", "4,0", "-14,0", "90,0"]
    assert {row[-1] for row in rows.values()} == {"90,0"}


def test_schemes_the_scenario_forbids_are_marked() -> None:
    found = payments.result()
    scenario = world.scenario(underskud={"allowed": ["standard"]})
    first, *_ = scheme_blocks(type(found)(found.summary, scenario, found.tables))
    assert isinstance(first, Grid)
    titles = [row[0].text for row in first.rows]
    assert titles[0] == "Standard" and titles[-1] == "Planens aftaler"
    assert all(title.endswith("(ikke tilladt)") for title in titles[1:-1])


def test_the_best_schemes_are_named() -> None:
    found = best_schemes(
        payments.schemes(abonnement={"better_off": 2, "dare_from": 50_000.0}, takststyring={"dare_from": 40_000.0}),
        PEOPLE,
    )
    assert found == (
        "Flest kommuner bliver bedre stillet under abonnement: 2 af 2 kommuner. Den mindste kommune tør bygge det "
        "mest risikable nye tilbud under takststyring: fra 40.000 indbyggere (2 af 2 kommuner)."
    )


def test_what_is_agreed_is_no_scheme_of_its_own() -> None:
    found = best_schemes(payments.schemes(**{PICKED: {"better_off": 9, "dare_from": 1.0}}), PEOPLE)
    assert "9" not in found and found.endswith(
        "Ingen kommune er stor nok til at bære det mest risikable nye tilbud, uanset ordning."
    )


def test_where_everybody_dares() -> None:
    found = best_schemes(payments.schemes(standard={"dare_from": 0.0}), PEOPLE)
    assert found.endswith("Enhver kommune tør bygge ethvert af de nye tilbud under standard.")


def test_a_gain_that_differs_by_scheme_is_somebody_elses_money() -> None:
    assert "flytter kun" not in best_schemes(payments.schemes(), PEOPLE)
    found = best_schemes(payments.schemes(takststyring={"gain": 9.5e6}, planens={"gain": 99e6}), PEOPLE)
    assert "forskellen i kommunernes gevinst, op til 7,5 mio. kr., er statens" in found


def test_nothing_new_no_schemes() -> None:
    assert scheme_blocks(payments.result(agreements=payments.agreements().iloc[:0])) == ()


def test_what_a_real_plans_houses_are_paid_is_the_same_under_every_scheme() -> None:
    paid = scheme_blocks(world.result())[-1]
    assert isinstance(paid, Grid) and len({row[-1].text for row in paid.rows}) == 1


@pytest.mark.parametrize("one", [1, 3])
def test_a_single_future_is_said_to_hold_no_risk(one: int) -> None:
    found = payments.result()
    scenario = world.scenario(futures={"count": one})
    first, *_ = scheme_blocks(type(found)(found.summary, scenario, found.tables))
    assert isinstance(first, Grid) and ("Kun én fremtid" in first.note) == (one == 1)
