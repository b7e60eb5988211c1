"""What holds for every case: accounts balance, a krone of cost is a krone paid, and names and order don't matter."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kapacitet.ledger import SCHEMES, entries_of, settle_year, total_ore
from kapacitet.ledger.claims import Claim
from tests.ledger.worlds import CODES, case_of, documents, settled

many = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@many
@given(document=documents())
def test_every_offer_year_balances_exactly(document: dict[str, Any]) -> None:
    case = case_of(document)
    for scheme in SCHEMES.values():
        for year in case.futures[0].years:
            assert sum(entry.ore for entry in settle_year(year, case.agreement, scheme)) == total_ore(year.cost)


@many
@given(document=documents())
def test_signs_and_limits(document: dict[str, Any]) -> None:
    """Only the owner's result and the later charge can be below zero, and then both or the owner's alone."""
    case = case_of(document)
    for scheme in SCHEMES.values():
        for year in case.futures[0].years:
            entries = settle_year(year, case.agreement, scheme)
            assert all(entry.ore >= 0 for entry in entries if entry.kind not in ("ejer", "efterregulering"))
            later = [entry.ore for entry in entries if entry.kind == "efterregulering"]
            assert all(ore >= -1 for ore in later) or all(ore <= 1 for ore in later)
            kinds = {entry.kind for entry in entries if entry.payer == "751"}
            assert kinds <= {"takst", "efterregulering"}
            assert all(entry.payee == year.owner and entry.concerns_year == year.year for entry in entries)
            assert len({(entry.booked_year, entry.kind, entry.payer) for entry in entries}) == len(entries)


@many
@given(document=documents())
def test_a_krone_of_fixed_cost_is_a_krone_paid(document: dict[str, Any]) -> None:
    dearer = document | {"offer": document["offer"] | {"fixed_cost": document["offer"]["fixed_cost"] + 1}}
    years = len({row["year"] for row in document["use"]})
    for scheme in SCHEMES:
        before, after = (sum(entry.ore for entry in settled(each, scheme)) for each in (document, dearer))
        assert after - before == 100 * years


@many
@given(document=documents(groups=False), occupancy=st.integers(1, 100), split=st.integers(0, 100))
def test_at_budgeted_use_every_scheme_gives_the_same_bill(
    document: dict[str, Any], occupancy: int, split: int
) -> None:
    """β·P = n, and nobody subscribes to more than it uses: takst pays it all."""
    beta = Decimal(occupancy) / 100
    used = beta * document["offer"]["places"]
    mine = used * split / 100
    document["offer"] |= {"budgeted_occupancy": beta, "startup_occupancy": []}
    document["price"] = []
    document["use"] = [
        {"year": 2026, "municipality": "410", "place_years": mine},
        {"year": 2026, "municipality": "420", "place_years": used - mine},
    ]
    document["scheme"]["subscriptions"] = {"410": mine}
    bills = [[(entry.kind, entry.payer, entry.ore) for entry in settled(document, scheme)] for scheme in SCHEMES]
    assert all(bill == bills[0] for bill in bills)
    assert {kind for kind, _, _ in bills[0]} <= {"takst"}


@many
@given(document=documents(), people=st.integers(1, 300_000))
def test_a_key_of_equal_populations_is_equal_shares(document: dict[str, Any], people: int) -> None:
    def with_key(weight: int) -> dict[str, Any]:
        return document | {"scheme": document["scheme"] | {"key": dict.fromkeys(CODES[:4], weight)}}

    for scheme in ("objektiv", "garanti"):
        assert settled(with_key(people), scheme) == settled(with_key(1), scheme)


@many
@given(document=documents(), seed=st.integers(0, 10**6))
def test_the_order_of_rows_changes_nothing(document: dict[str, Any], seed: int) -> None:
    rows = list(document["use"])
    random.Random(seed).shuffle(rows)
    turned = {name: dict(reversed(table.items())) for name, table in _tables(document).items()}
    other = document | {"use": rows, "scheme": document["scheme"] | turned}
    for scheme in SCHEMES:
        assert settled(other, scheme) == settled(document, scheme)


@many
@given(document=documents(), order=st.permutations(CODES[:4]))
def test_other_names_change_nothing_but_ties_for_an_ore(document: dict[str, Any], order: list[str]) -> None:
    name = dict(zip(CODES[:4], order, strict=True)) | {"751": "751"}
    other = document | {
        "offer": document["offer"] | {"owner": name[document["offer"]["owner"]]},
        "use": [row | {"municipality": name[row["municipality"]]} for row in document["use"]],
        "price": [row | {"municipality": name[row["municipality"]]} for row in document["price"]],
        "scheme": document["scheme"]
        | {key: {name[code]: value for code, value in table.items()} for key, table in _tables(document).items()},
    }
    for scheme in SCHEMES:
        before = {(e.booked_year, e.concerns_year, e.kind, name[e.payer]): e.ore for e in settled(document, scheme)}
        after = {(e.booked_year, e.concerns_year, e.kind, e.payer): e.ore for e in settled(other, scheme)}
        assert all(abs(before.get(key, 0) - after.get(key, 0)) <= 1 for key in before.keys() | after.keys())


def _tables(document: dict[str, Any]) -> dict[str, Any]:
    return {key: document["scheme"][key] for key in ("subscriptions", "key")}


@many
@given(
    amounts=st.lists(st.tuples(st.sampled_from(["takst", "ejer"]), st.fractions(-100, 100)), max_size=8),
)
def test_rounding_moves_no_entry_by_an_ore(amounts: list[tuple[Any, Any]]) -> None:
    claims = [Claim(kind, str(number), amount, 2026, "") for number, (kind, amount) in enumerate(amounts)]
    entries = {(e.kind, e.payer): e.ore for e in entries_of(claims, offer="x", owner="A", concerns=2026)}
    assert sum(entries.values()) == total_ore(sum(claim.amount for claim in claims))
    assert all(abs(entries.get((claim.kind, claim.payer), 0) - claim.amount * 100) < 1 for claim in claims)
