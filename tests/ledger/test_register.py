"""The register of schemes: the names of the contract, and room for one more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from kapacitet.ledger import SCHEMES, settle_year
from kapacitet.ledger.bill import Bill
from kapacitet.ledger.schemes import Need, Part
from kapacitet.scenario.section_underskud import SCHEMES as IN_SCENARIOS
from tests.ledger.worlds import WORKED, case_of


class OwnerAlone:
    """A scheme of a test: the owner bears everything."""

    name = "ejer"
    title = "Ejeren alene"
    sentence = "Ejeren bærer hele resultatet."
    needs: frozenset[Need] = frozenset()

    def occupancy(self, budgeted: Any, startup: Sequence[Any], operation_year: np.ndarray) -> np.ndarray:
        return np.full(operation_year.shape, budgeted)

    def cover(self, bill: Bill, deficit: np.ndarray) -> tuple[Part, ...]:
        return (Part("ejer", deficit, lambda: self.sentence),)


def test_scenarios_and_ledger_know_the_same_schemes() -> None:
    assert tuple(SCHEMES)[:3] == ("standard", "abonnement", "objektiv")
    assert set(SCHEMES) == set(IN_SCENARIOS)


def test_every_scheme_says_what_it_is_in_words_of_its_own() -> None:
    for words in ({scheme.title for scheme in SCHEMES.values()}, {scheme.sentence for scheme in SCHEMES.values()}):
        assert len(words) == len(SCHEMES) and all(words)


def test_a_new_scheme_needs_nothing_but_its_own_rule() -> None:
    """Year 0 of the worked example: D = 14 736 842.11, all on Varde."""
    case = case_of(WORKED)
    entries = settle_year(case.futures[0].years[0], case.agreement, OwnerAlone())
    assert [(entry.payer, str(entry.amount)) for entry in entries if entry.kind == "ejer"] == [("573", "14736842.11")]


def test_every_entry_names_its_rule() -> None:
    case = case_of(WORKED)
    for scheme in SCHEMES.values():
        for year in case.futures[0].years:
            assert all(entry.rule.endswith(".") for entry in settle_year(year, case.agreement, scheme))
