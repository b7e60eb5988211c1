"""Each case the model decides, by hand.

The house: 10 places, F = 9 000 000, V = 100 000, β = 0.9, so C = 9 000 000 + 0.9 · 10 · 100 000 = 9 900 000,
r = 9 900 000 / 9 = 1 100 000 and 5 % of C = 495 000. Owner A.
"""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

from tests.ledger.worlds import book, use

HOUSE: dict[str, Any] = {
    "offer": {
        "name": "Huset",
        "owner": "A",
        "places": 10,
        "fixed_cost": 9_000_000,
        "variable_cost": 100_000,
        "budgeted_occupancy": Decimal("0.9"),
    },
    "scheme": {"name": "standard"},
}


def house(rows: list[dict[str, Any]], offer: dict[str, Any] | None = None, **scheme: Any) -> dict[str, Any]:
    document = copy.deepcopy(HOUSE)
    document["offer"] |= offer or {}
    document["scheme"] |= scheme
    return document | {"use": rows}


def test_nobody_there_under_standard() -> None:
    """D = F; there is nobody to charge later, so all of it is the owner's in the year."""
    assert book(house(use((2026, "B", 0))), "standard") == {(2026, "ejer", "A"): "9000000.00"}


def test_nobody_there_with_subscriptions() -> None:
    """Subscriptions 9 · 1.1 = 9.9 mio.; surplus 0.9; the owner keeps 0.495; 0.405 goes back by 6:3."""
    found = book(house(use((2026, "B", 0)), subscriptions={"B": 6, "C": 3}), "abonnement")
    assert found == {
        (2026, "abonnement", "B"): "6600000.00",
        (2026, "abonnement", "C"): "3300000.00",
        (2026, "ejer", "A"): "-495000.00",
        (2028, "efterregulering", "B"): "-270000.00",
        (2028, "efterregulering", "C"): "-135000.00",
    }


def test_nobody_there_and_too_few_subscribed() -> None:
    """Subscriptions 3.3 mio.; the remaining 5.7 mio. is the owner's, since nobody had citizens there."""
    found = book(house(use((2026, "B", 0)), subscriptions={"C": 3}), "abonnement")
    assert found == {(2026, "abonnement", "C"): "3300000.00", (2026, "ejer", "A"): "5700000.00"}


def test_nobody_there_under_objektiv() -> None:
    """9 mio. by the key 1:2, buyers or not."""
    found = book(house(use((2026, "B", 0)), key={"B": 1, "C": 2}), "objektiv")
    assert found == {(2026, "objektiv", "B"): "3000000.00", (2026, "objektiv", "C"): "6000000.00"}


def test_external_buyers_pay_takst_and_efterregulering() -> None:
    """n = 6: cost 9.6, takst 6.6, D = 3.0; the owner 0.495; 2.505 by 4:2. Under objektiv the key alone bears D."""
    rows = use((2026, "udenbys", 4), (2026, "B", 2))
    assert book(house(rows), "standard") == {
        (2026, "takst", "udenbys"): "4400000.00",
        (2026, "takst", "B"): "2200000.00",
        (2026, "ejer", "A"): "495000.00",
        (2028, "efterregulering", "udenbys"): "1670000.00",
        (2028, "efterregulering", "B"): "835000.00",
    }
    assert book(house(rows, key={"A": 1, "B": 1}), "objektiv") == {
        (2026, "takst", "udenbys"): "4400000.00",
        (2026, "takst", "B"): "2200000.00",
        (2026, "objektiv", "A"): "1500000.00",
        (2026, "objektiv", "B"): "1500000.00",
    }


def test_the_owner_may_subscribe() -> None:
    """A uses 1 of 4: 3 · 1.1 = 3.3. Takst 6.6 + 3.3 less cost 9.6 is a surplus of 0.3, below 0.495: A keeps it."""
    assert book(house(use((2026, "A", 1), (2026, "B", 5)), subscriptions={"A": 4}), "abonnement") == {
        (2026, "takst", "A"): "1100000.00",
        (2026, "takst", "B"): "5500000.00",
        (2026, "abonnement", "A"): "3300000.00",
        (2026, "ejer", "A"): "-300000.00",
    }


def test_half_price_for_unused_places() -> None:
    """α = 0.5: 0.5 · 1.1 · (4 − 1) = 1.65; D = 9.6 − 6.6 − 1.65 = 1.35; the owner 0.495; 0.855 by 1:5."""
    found = book(
        house(use((2026, "A", 1), (2026, "B", 5)), subscriptions={"A": 4}, alpha=Decimal("0.5")), "abonnement"
    )
    assert found[2026, "abonnement", "A"] == "1650000.00"
    assert found[2026, "ejer", "A"] == "495000.00"
    assert found[2028, "efterregulering", "A"] == "142500.00" and found[2028, "efterregulering", "B"] == "712500.00"


def test_startup_occupancy_with_objektiv() -> None:
    """β = 0.6: r = 9/6 + 0.1 = 1.6 mio.; n = 5: takst 8.0, cost 9.5, D = 1.5. ψ = 0.2: A 0.3, the key 1:2 of 1.2."""
    document = house(
        use((2026, "B", 5)), {"startup_occupancy": [Decimal("0.6")]}, key={"B": 1, "C": 2}, psi=Decimal("0.2")
    )
    assert book(document, "objektiv+takststyring") == {
        (2026, "takst", "B"): "8000000.00",
        (2026, "ejer", "A"): "300000.00",
        (2026, "objektiv", "B"): "400000.00",
        (2026, "objektiv", "C"): "800000.00",
    }


def test_startup_occupancy_with_abonnement() -> None:
    """β = 0.6: r = 1.6; unused 2 · 1.6 = 3.2; 8.0 + 3.2 − 9.5 = 1.7 surplus. C = 9 + 6 · 0.1 = 9.6: A keeps 0.48."""
    document = house(use((2026, "B", 5)), {"startup_occupancy": [Decimal("0.6")]}, subscriptions={"B": 5, "C": 2})
    assert book(document, "abonnement+takststyring") == {
        (2026, "takst", "B"): "8000000.00",
        (2026, "abonnement", "C"): "3200000.00",
        (2026, "ejer", "A"): "-480000.00",
        (2028, "efterregulering", "B"): "-1220000.00",
    }


def test_startup_occupancy_follows_the_year_of_operation() -> None:
    """Opened in 2025, so 2026 is the second year: β = 0.75, r = 9/7.5 + 0.1 = 1.3. In 2027 β = 0.9 and r = 1.1."""
    offer = {"startup_occupancy": [Decimal("0.6"), Decimal("0.75")], "opened": 2025}
    found = book(house(use((2026, "B", 1), (2027, "B", 1)), offer), "takststyring")
    assert found[2026, "takst", "B"] == "1300000.00" and found[2027, "takst", "B"] == "1100000.00"


def test_a_surplus_mirrors_a_deficit() -> None:
    """n = 10: takst 11, cost 10, surplus 1; A keeps 0.495, 0.505 goes back by 6:4."""
    assert book(house(use((2026, "B", 6), (2026, "C", 4))), "standard") == {
        (2026, "takst", "B"): "6600000.00",
        (2026, "takst", "C"): "4400000.00",
        (2026, "ejer", "A"): "-495000.00",
        (2028, "efterregulering", "B"): "-303000.00",
        (2028, "efterregulering", "C"): "-202000.00",
    }


def test_closure_leaves_the_charges_of_earlier_years() -> None:
    """Closed from 2028: the efterregulering of 2026 and 2027 is booked in 2028 and 2029 all the same.

    It is never part of a later C or takst: each year's takst is 1.1 mio., whatever the years before it left.
    """
    rows = use((2026, "B", 6), (2027, "B", 9))
    closed = book(house(rows, {"closes": 2028}), "standard")
    assert closed == book(house(rows), "standard")
    assert closed == {
        (2026, "takst", "B"): "6600000.00",
        (2026, "ejer", "A"): "495000.00",
        (2028, "efterregulering", "B"): "2505000.00",
        (2027, "takst", "B"): "9900000.00",
    }


def test_prices_by_group() -> None:
    """Groups: a V = 0.1, −0.05 in the takst; b V = 0.3, +0.05. n = 2 and 4: V̄ = 1.4/6, C = 9 + 9 · V̄ = 11.1.

    r_a = 1 + 0.1 − 0.05 = 1.05, r_b = 1 + 0.3 + 0.05 = 1.35. Takst 2.1 + 5.4 = 7.5, cost 10.4, D = 2.9; the owner
    5 % of 11.1 = 0.555; 2.345 by 2:4.
    """
    rows = use((2026, "B", 2), group="a") + use((2026, "C", 4), group="b")
    assert book(by_group(rows), "standard") == {
        (2026, "takst", "B"): "2100000.00",
        (2026, "takst", "C"): "5400000.00",
        (2026, "ejer", "A"): "555000.00",
        (2028, "efterregulering", "B"): "781666.67",
        (2028, "efterregulering", "C"): "1563333.33",
    }


def by_group(rows: list[dict[str, Any]], **scheme: Any) -> dict[str, Any]:
    document = house(rows, **scheme)
    del document["offer"]["variable_cost"]
    document["offer"]["groups"] = [
        {"id": "a", "variable_cost": 100_000, "supplement": -50_000},
        {"id": "b", "variable_cost": 300_000, "supplement": 50_000},
    ]
    return document


def test_with_nobody_there_the_first_group_sets_the_base() -> None:
    """V̄ = 0.1: C = 9.9. Subscriptions 9 places in b: 9 · 1.35 = 12.15, surplus 3.15: A keeps 0.495, B gets 2.655."""
    rows = use((2026, "B", 0), group="b")
    assert book(by_group(rows, subscriptions={"B": {"b": 9}}), "abonnement") == {
        (2026, "abonnement", "B"): "12150000.00",
        (2026, "ejer", "A"): "-495000.00",
        (2028, "efterregulering", "B"): "-2655000.00",
    }


def test_a_group_above_its_subscription_does_not_net_one_below() -> None:
    """B subscribes to 2 in a and 2 in b and uses 3 and 1: it pays for the empty place in b, 1.35."""
    rows = use((2026, "B", 3), group="a") + use((2026, "B", 1), group="b")
    found = book(by_group(rows, subscriptions={"B": {"a": 2, "b": 2}}), "abonnement")
    assert found[2026, "abonnement", "B"] == "1350000.00"


def test_agreed_prices() -> None:
    """B pays 1.0 for each of 4, C the takst for 2: 6.2; D = 3.4; the owner 0.495; 2.905 by 4:2."""
    document = house(use((2026, "B", 4), (2026, "C", 2))) | {"price": [{"municipality": "B", "price": 1_000_000}]}
    found = book(document, "standard")
    assert found[2026, "takst", "B"] == "4000000.00" and found[2026, "takst", "C"] == "2200000.00"
    assert found[2028, "efterregulering", "B"] == "1936666.67"
    assert found[2028, "efterregulering", "C"] == "968333.33"


def test_the_most_particular_price_counts() -> None:
    """For all 0.9, in 2027 0.8, for B 1.0: B pays 1.0 in both years, C 0.9 and then 0.8."""
    prices = [{"price": 900_000}, {"year": 2027, "price": 800_000}, {"municipality": "B", "price": 1_000_000}]
    rows = use((2026, "B", 1), (2026, "C", 1), (2027, "B", 1), (2027, "C", 1))
    found = book(house(rows) | {"price": prices}, "standard")
    taksts = [found[year, "takst", payer] for payer in "BC" for year in (2026, 2027)]
    assert taksts == ["1000000.00", "1000000.00", "900000.00", "800000.00"]


def test_what_a_ceiling_takes_is_part_of_the_deficit() -> None:
    """At most 1.0 a place: takst 6, D = 3.6; the owner 0.495; 3.105 later."""
    assert book(house(use((2026, "B", 6)), {"takst_cap": 1_000_000}), "standard") == {
        (2026, "takst", "B"): "6000000.00",
        (2026, "ejer", "A"): "495000.00",
        (2028, "efterregulering", "B"): "3105000.00",
    }


def test_garanti() -> None:
    """n = 6, φ = 0.5: 0.5 · 1.1 · 4 = 2.2 of D = 3.0 by the key 1:1; of the last 0.8 the owner 0.495, B 0.305."""
    document = house(use((2026, "B", 6)), key={"A": 1, "C": 1}, guarantee_share=Decimal("0.5"))
    assert book(document, "garanti") == {
        (2026, "takst", "B"): "6600000.00",
        (2026, "garanti", "A"): "1100000.00",
        (2026, "garanti", "C"): "1100000.00",
        (2026, "ejer", "A"): "495000.00",
        (2028, "efterregulering", "B"): "305000.00",
    }


def test_garanti_is_at_most_the_deficit_and_ends() -> None:
    """φ = 1: 1.1 · 4 = 4.4, but D is 3.0. After one year the standard rule is left."""
    rows = use((2026, "B", 6), (2027, "B", 6))
    document = house(rows, key={"C": 1}, guarantee_share=1, guarantee_years=1)
    assert book(document, "garanti") == {
        (2026, "takst", "B"): "6600000.00",
        (2026, "garanti", "C"): "3000000.00",
        (2027, "takst", "B"): "6600000.00",
        (2027, "ejer", "A"): "495000.00",
        (2029, "efterregulering", "B"): "2505000.00",
    }


def test_over_occupancy_guarantees_no_empty_places() -> None:
    """n = 11 of 10: takst at the agreed 0.5 is 5.5, cost 10.1; nothing is empty, so the guarantee pays nothing."""
    document = house(use((2026, "B", 11)), {"over_occupancy": Decimal("0.1")}, key={"C": 1})
    found = book(document | {"price": [{"price": 500_000}]}, "garanti")
    assert (2026, "garanti", "C") not in found and found[2026, "ejer", "A"] == "495000.00"
