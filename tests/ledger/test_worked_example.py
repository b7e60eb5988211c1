"""The model's worked example (settlement), to the øre: cost base 50 mio. kr., takst 2 631 578,95 kr., owner Varde."""

from __future__ import annotations

import pytest

from kapacitet.ledger import SCHEMES, total_ore
from kapacitet.ledger.settle import bill_of
from tests.ledger.worlds import ESBJERG, FANOE, VARDE, VEJEN, WORKED, book, case_of, settled

OTHER_THAN_TAKST = {
    "standard": {
        (2026, 2026, "ejer", VARDE): "2500000.00",
        (2028, 2026, "efterregulering", ESBJERG): "6118421.05",
        (2028, 2026, "efterregulering", VARDE): "4078947.37",
        (2028, 2026, "efterregulering", VEJEN): "2039473.68",
        (2027, 2027, "ejer", VARDE): "2500000.00",
        (2029, 2027, "efterregulering", ESBJERG): "804953.56",
        (2029, 2027, "efterregulering", VARDE): "603715.17",
        (2029, 2027, "efterregulering", VEJEN): "301857.59",
    },
    "abonnement": {
        (2026, 2026, "abonnement", ESBJERG): "5263157.89",
        (2026, 2026, "abonnement", VEJEN): "5263157.89",
        (2026, 2026, "abonnement", FANOE): "2631578.95",
        (2026, 2026, "ejer", VARDE): "1578947.37",
        (2027, 2027, "abonnement", VEJEN): "2631578.95",
        (2027, 2027, "abonnement", FANOE): "2631578.95",
        (2027, 2027, "ejer", VARDE): "-1052631.58",
        (2028, 2028, "abonnement", FANOE): "2631578.95",
        (2028, 2028, "ejer", VARDE): "-2500000.00",
        (2030, 2028, "efterregulering", ESBJERG): "-62326.87",
        (2030, 2028, "efterregulering", VARDE): "-41551.25",
        (2030, 2028, "efterregulering", VEJEN): "-27700.83",
    },
    "takststyring": {
        (2026, 2026, "ejer", VARDE): "2368421.05",
        (2028, 2026, "efterregulering", ESBJERG): "1672932.33",
        (2028, 2026, "efterregulering", VARDE): "1115288.22",
        (2028, 2026, "efterregulering", VEJEN): "557644.11",
    },
}
OBJEKTIV = {
    ("objektiv", ESBJERG): "8047055.64",
    ("objektiv", VARDE): "3471814.77",
    ("objektiv", VEJEN): "2983928.52",
    ("objektiv", FANOE): "234043.18",
}


@pytest.mark.parametrize("scheme", OTHER_THAN_TAKST)
def test_entries_beside_takst(scheme: str) -> None:
    found = {
        (entry.booked_year, entry.concerns_year, entry.kind, entry.payer): str(entry.amount)
        for entry in settled(WORKED, scheme)
        if entry.kind != "takst"
    }
    assert found == OTHER_THAN_TAKST[scheme]


def test_objektiv_in_the_first_year() -> None:
    found = {key[1:]: amount for key, amount in book(WORKED, "objektiv", 2026).items() if key[1] != "takst"}
    assert found == OBJEKTIV


def test_takst_under_takststyring() -> None:
    taksts = {key[2]: amount for key, amount in book(WORKED, "takststyring", 2026).items() if key[1] == "takst"}
    assert taksts == {ESBJERG: "20300751.88", VARDE: "13533834.59", VEJEN: "6766917.29"}


def test_base_takst_and_deficits() -> None:
    case = case_of(WORKED)
    first, second, third = case.futures[0].years
    standard = SCHEMES["standard"]
    bill = bill_of(first, case.agreement, standard)
    assert round(bill.base.item(), 6) == 50_000_000
    assert [float(round(r.item(), 2)) for r in (bill.takst, bill.mean_takst)] == [2631578.95, 2631578.95]
    bills = [bill_of(year, case.agreement, standard) for year in (first, second, third)]
    deficits = [(bill.cost - bill.paid.sum(axis=-1)).item() for bill in bills]
    assert [float(round(deficit, 2)) for deficit in deficits] == [14736842.11, 4210526.32, 0.0]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_costs_the_same(scheme: str) -> None:
    years = case_of(WORKED).futures[0].years
    assert sum(entry.ore for entry in settled(WORKED, scheme)) == sum(total_ore(year.cost) for year in years)
    assert sum(entry.ore for entry in settled(WORKED, scheme)) == 145_263_157_89
