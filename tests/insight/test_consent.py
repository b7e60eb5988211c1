"""Who pays and who refuses, worked out by hand on one house.

Kommune 561 needs 4 places in 2025, kommune 573 none; each has 10 000 inhabitants. A place is bought at 100 kr. The
house ``nyt`` (561's, 5 places, β = 1) costs F = 200 and V = 10: r = 200/5 + 10 = 50. Used by 4 it costs 240 and is
paid 200: D = 40. C = 200 + 5 · 10 = 250, so the owner's 5 % is 12.5 and 27.5 is charged in 2027, after the horizon.
"""

from __future__ import annotations

import pandas as pd
import pytest

from kapacitet.insight.result import Conflict, Result
from tests.independent.hand import Hand
from tests.insight.results import answer, result


def house(**values: object) -> Hand:
    """The region above, with the candidate's columns changed."""
    hand = Hand({2025: 4.0}, ("561", "573"))
    hand.candidate("nyt", 5, 0.0, 200.0, 10.0, **values)
    return hand


def allow(hand: Hand, *schemes: str, **limits: float) -> Hand:
    """Consent is asked, under these schemes."""
    hand.set("underskud", allowed=list(schemes))
    hand.set("acceptance", enforce=True, **limits)
    return hand


def entries(found: Result, offer: str = "nyt") -> list[tuple[int, str, str, float]]:
    """Booked year, payer, kind and amount of the entries of an offer."""
    ledger = found.tables["ledger"]
    mine = ledger[ledger["offer"] == offer].sort_values(["booked_year", "kind", "payer"])
    return list(mine[["booked_year", "payer", "kind", "amount"]].itertuples(index=False, name=None))


def account(found: Result, party: str) -> pd.Series:
    """The row of a party in 2025."""
    table = found.tables["accounts"]
    return table[(table["party"] == party) & (table["year"] == 2025)].iloc[0]


def test_the_ledger_under_standard() -> None:
    found = result(allow(house(), "standard"))
    assert entries(found) == [
        (2025, "561", "ejer", 12.5),
        (2025, "561", "takst", 200.0),
        (2027, "561", "efterregulering", 27.5),
    ]
    mine = account(found, "561")
    assert (mine["total"], mine["baseline"], mine["booked"]) == (240.0, 400.0, 212.5)
    assert mine["per_inhabitant"] == pytest.approx(0.024)
    assert account(found, "573")["total"] == 0.0


def test_every_krone_in_is_a_krone_out_and_what_falls_due_later_is_shown() -> None:
    hand = allow(house(), "standard")
    hand.set("costs", discount_rate=0.25)
    balance = result(hand).summary["balance"]
    assert balance["largest_difference"] == pytest.approx(0.0, abs=1e-9)
    assert balance["cost"] == pytest.approx(240.0)
    assert balance["by_year_booked"] == pytest.approx(212.5 + 27.5 / 1.25**2)
    assert balance["beyond_horizon"] == pytest.approx(27.5)


def test_a_house_is_built_only_because_a_scheme_allows_it() -> None:
    """At most 0.001 kr. an inhabitant is 10 kr., below 12.5. With β = 0.8 in the first year r = 60, so D = 0."""
    alone = result(allow(house(startup_occupancy="0.8"), "standard", expected_limit=0.001))
    assert alone.tables["builds"].empty and alone.summary["objective"] == pytest.approx(400.0)
    assert alone.summary["acceptance"]["refused_plans"] == 1
    both = result(allow(house(startup_occupancy="0.8"), "standard", "takststyring", expected_limit=0.001))
    assert list(both.tables["builds"]["candidate"]) == ["nyt"]
    assert list(both.tables["agreements"]["scheme"]) == ["takststyring"]
    assert entries(both) == [(2025, "561", "takst", 240.0)]


def test_a_participant_that_only_pays_refuses() -> None:
    """Objektiv charges 573 half of D, 20 kr., for a house it doesn't use; at 0.003 kr. an inhabitant it may."""
    assert result(allow(house(), "objektiv")).tables["builds"].empty
    found = result(allow(house(), "objektiv", tolerance=0.003))
    assert entries(found) == [
        (2025, "561", "objektiv", 20.0),
        (2025, "573", "objektiv", 20.0),
        (2025, "561", "takst", 200.0),
    ]
    table = found.tables["acceptance"].set_index(["role", "party"])
    assert table.loc[("deltager", "573"), "stated"] == pytest.approx(0.002)
    assert table.loc[("deltager", "573"), "limit"] == pytest.approx(0.003)


def test_without_enforcement_the_plan_says_who_would_refuse() -> None:
    hand = house()
    hand.set("underskud", allowed=["standard"])
    hand.set("acceptance", expected_limit=0.001)
    found = result(hand)
    assert list(found.tables["builds"]["candidate"]) == ["nyt"]
    said = found.summary["acceptance"]
    assert (said["enforced"], said["accepted"]) == (False, False)
    (only,) = said["refusals"]
    assert only.startswith("Kommune 561 tør ikke bygge: forventet tab på nye tilbud i 2025 er 0,00 kr.")


def test_the_service_frame_rules_out_what_it_cant_hold() -> None:
    """Booked in 2025: 212.5 with the house, 400 without it. A frame of 220 asks for the house."""
    hand = house()
    hand.set("limits", service_frame="hard")
    hand.set("underskud", allowed=["standard"])
    for code, amount in (("561", 220.0), ("573", 1.0)):
        hand.add("service_frame", municipality=code, year=2025, amount=amount)
    assert list(result(hand).tables["builds"]["candidate"]) == ["nyt"]


def test_nobody_consents() -> None:
    """A frame of 210 holds neither: the plan that misses it least is told, by 2.5 kr. of 10 000 inhabitants."""
    hand = house()
    hand.set("limits", service_frame="hard")
    hand.set("underskud", allowed=["standard"])
    for code, amount in (("561", 210.0), ("573", 1.0)):
        hand.add("service_frame", municipality=code, year=2025, amount=amount)
    found = answer(hand)
    assert isinstance(found, Conflict)
    (only,) = found.requirements
    assert (only.family, only.tag, only.unit) == ("acceptance", "aftale", "kr. pr. indbygger")
    assert only.amount == pytest.approx(2.5 / 10_000)
    assert "Kommune 561" in only.sentence and found.warnings


def test_the_region_keeps_its_result_or_spreads_it() -> None:
    values = {"owner_type": "region", "owner": "Region Syd"}
    own = result(allow(house(**values), "standard"))
    assert account(own, "region")["total"] == 12.5 and account(own, "573")["total"] == 0.0
    hand = allow(house(**values), "standard", tolerance=1.0)
    hand.set("underskud", region_result="by_population")
    spread = result(hand)
    assert account(spread, "region")["total"] == 0.0
    assert (account(spread, "561")["total"], account(spread, "573")["total"]) == (233.75, 6.25)
    assert account(spread, "573")["regionens_resultat"] == 6.25


def test_the_state_refunds_half_of_what_is_above_a_threshold() -> None:
    """(50 − 30) · 50 % · 4 = 40; of bought places (100 − 30) · 50 % · 4 = 140. Deficit shares carry no refund."""
    hand = allow(house(), "standard")
    hand.add("refund_thresholds", year=2025, threshold=30.0, percent=50.0)
    found = result(hand)
    mine = account(found, "561")
    assert (mine["total"], mine["baseline"], mine["statsrefusion"]) == (200.0, 260.0, -40.0)
    assert account(found, "staten")["total"] == 40.0
    assert found.summary["acceptance"]["state_refund"] == pytest.approx(40.0)


def test_rent_pays_the_housing_of_a_social_house() -> None:
    hand = house(legal_basis="abl105", housing_cost=7.0)
    hand.group("g", complex=False)
    found = result(allow(hand, "standard"))
    assert account(found, "lejere")["husleje"] == 7.0
    assert found.summary["balance"]["cost"] == pytest.approx(247.0)


def test_construction_is_shown_as_cash_beside_the_charge_that_recovers_it() -> None:
    """100 kr. over 10 years without interest: 10 a year in F, so r = 52, D = 42 and 560 is not in the account."""
    hand = Hand({2025: 4.0}, ("561", "573"))
    hand.candidate("nyt", 5, 100.0, 200.0, 10.0)
    mine = account(result(allow(hand, "standard")), "561")
    assert (mine["anlaeg"], mine["kapitalomkostning"], mine["total"]) == (100.0, 10.0, 250.0)


def test_waiting_counts_at_the_dearest_price_in_both_worlds() -> None:
    """Nothing can be bought, so 4 wait at 100 each without the house; the plan is accepted for what it saves."""
    hand = allow(house(), "standard")
    hand.tables["purchase_prices"][0]["available"] = 0.0
    mine = account(result(hand), "561")
    assert (mine["venteliste"], mine["baseline_venteliste"], mine["baseline"]) == (0.0, 400.0, 0.0)


def test_the_schemes_are_shown_side_by_side() -> None:
    """Standard and abonnement (nobody can subscribe) cost the owner 12.5, objektiv and garanti nothing."""
    found = result(allow(house(), "standard"))
    table = found.tables["schemes"].set_index("scheme")
    assert table.loc["standard", "ejer"] == pytest.approx(12.5)
    assert table.loc["standard", "efterregulering"] == pytest.approx(27.5)
    assert table.loc["objektiv", "objektiv"] == pytest.approx(40.0)
    assert table.loc["garanti", "garanti"] == pytest.approx(40.0)
    assert table.loc["standard", "dare_from"] == pytest.approx(12.5 / 20)
    assert table.loc["objektiv", "dare_from"] == 0.0
    assert table.loc["objektiv", "worse_off"] == 1 and table.loc["standard", "better_off"] == 1
    accounts = found.tables["scheme_accounts"].set_index("municipality")
    assert accounts.loc["561", ["baseline", "standard", "objektiv"]].tolist() == pytest.approx([400.0, 240.0, 220.0])
