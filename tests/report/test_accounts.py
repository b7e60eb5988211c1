"""Accounts in the summary: hand-made figures, sums that meet, and what is told of the balance."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from kapacitet.report.accounts import account_blocks, balance_sentence, discounted_accounts, refund_change
from kapacitet.report.document import Grid
from tests.report import payments, world


def table(accounts: pd.DataFrame) -> Grid:
    found, _ = account_blocks(payments.result(accounts=accounts))
    assert isinstance(found, Grid)
    return found


def texts(found: Grid) -> dict[str, list[str]]:
    return {row[0].text: [cell.text for cell in row[1:]] for row in found.rows}


def test_each_party_with_and_without_the_plan() -> None:
    assert texts(table(payments.accounts())) == {
        "Vejen": ["24,0", "20,0", "-4,0", "-100", "", ""],
        "Vejle": ["48,0", "50,0", "+2,0", "+20", "8,0", "0,5"],
        "Kommunerne i alt": ["72,0", "70,0", "-2,0", "-14", "8,0", "0,5"],
        "Regionen": ["0,0", "-1,0", "-1,0", "", "", ""],
        "Staten": ["8,0", "5,0", "-3,0", "", "", ""],
        "I alt": ["80,0", "74,0", "-6,0", "", "8,0", "0,5"],
    }


def test_who_pays_more_is_marked() -> None:
    marked = [row[0].text for row in table(payments.accounts()).rows if any(cell.marked for cell in row)]
    assert marked == ["Vejle"]


def test_where_nothing_differs_one_column_is_enough() -> None:
    same = payments.accounts().assign(baseline_discounted=lambda found: found["discounted"])
    assert texts(table(same))["Vejen"] == ["20,0"]


def test_one_municipality_alone_without_refund() -> None:
    found = texts(table(payments.accounts().iloc[:2]))
    assert found["Vejen"] == found["Kommunerne i alt"] == ["24,0", "20,0", "-4,0", "-100", "", ""]
    assert "Staten" not in found


def test_waiting_is_told_beside_the_account() -> None:
    assert "Udækket" not in table(payments.accounts()).note
    waiting = payments.accounts().assign(venteliste=1e6, baseline_venteliste=2e6)
    assert "5,0 mio. kr. med planen og 10,0 mio. kr. uden" in table(waiting).note


def test_other_owners_are_one_line() -> None:
    others = [payments.account(owner, owner, "anden_ejer", 2026, -2, -1) for owner in ("A", "B")]
    found = texts(table(pd.concat([payments.accounts(), pd.DataFrame(others)])))
    assert found["Andre ejere"] == ["-2,0", "-4,0", "-2,0", "", "", ""]


def test_refund_is_the_states() -> None:
    assert refund_change(payments.accounts()) == -3e6
    assert refund_change(payments.accounts(refund=False)) is None


@pytest.mark.parametrize(
    ("beyond", "told"),
    [
        (250_000.0, "Efter 2030 skal der betales 250.000 kr. i efterregulering for planens år."),
        (-40e6, "Efter 2030 betales der 40,0 mio. kr. tilbage i efterregulering for planens år."),
        (0.0, "er de 75,3 mio. kr."),
    ],
)
def test_every_krone_in_is_a_krone_out(beyond: float, told: str) -> None:
    found = payments.result()
    balance = {**found.summary["balance"], "beyond_horizon": beyond}
    text = balance_sentence(replace(found, summary={**found.summary, "balance": balance}))
    assert "tilsammen 74,0 mio. kr." in text and "1,3 øre" in text
    assert text.endswith(told)


def test_the_accounts_of_a_real_plan_are_its_cost() -> None:
    found = world.result()
    total = discounted_accounts(found.tables["accounts"])["after"].sum()
    assert total == pytest.approx(found.summary["balance"]["cost"], abs=0.05)
