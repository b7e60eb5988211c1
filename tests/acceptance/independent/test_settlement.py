"""Settlement of one offer-year: the worked example of section 6, cases by hand, and another settlement."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.independent.columns import empty_tables, make_row
from tests.ledger.independent_settlement import settle as settle_again

from .rules import ALL_SCHEMES, Rules, rules_of
from .settlement import HouseYear, Lines, settle

AGAIN: Callable[[dict[str, Any], str], dict[tuple[int, int, str, str], float]] = settle_again

PEOPLE = {"573": 49_798, "561": 115_423, "575": 42_800, "563": 3_357}
VARDE, ESBJERG, VEJEN, FANOE = PEOPLE
USE = ({VARDE: 4, ESBJERG: 6, VEJEN: 2}, {VARDE: 6, ESBJERG: 8, VEJEN: 3}, {VARDE: 6, ESBJERG: 9, VEJEN: 4})
V = 10_000_000 / 19
STARTUP = (0.70, 0.85, 0.95)
ALL = [(code, "") for code in PEOPLE]


def rules(**underskud: object) -> Rules:
    tables = empty_tables()
    for code, count in PEOPLE.items():
        tables["municipalities"].append(make_row("municipalities", code=code, name=code, population=count))
    return rules_of(tables, {"underskud": underskud})


def house(age: int, beta: float = 0.95) -> HouseYear:
    price = 40_000_000 / (beta * 20) + V
    used = {(code, ""): float(count) for code, count in USE[age].items()}
    return HouseYear(VARDE, VARDE, 20.0, 40_000_000.0, beta, age, {"": V}, dict.fromkeys(ALL, price), used)


def lines(found: Lines, kind: str) -> dict[str, float]:
    return {payer: round(kr, 2) for (name, payer), kr in found.items() if name == kind and abs(kr) > 0.004}


def test_standard() -> None:
    first = settle(house(0), "standard", rules(), {})
    assert lines(first, "ejer") == {VARDE: 2_500_000.00}
    assert lines(first, "efterregulering") == {ESBJERG: 6_118_421.05, VARDE: 4_078_947.37, VEJEN: 2_039_473.68}
    second = settle(house(1), "standard", rules(), {})
    assert lines(second, "ejer") == {VARDE: 2_500_000.00}
    assert lines(second, "efterregulering") == {ESBJERG: 804_953.56, VARDE: 603_715.17, VEJEN: 301_857.59}
    third = settle(house(2), "standard", rules(), {})
    assert lines(third, "ejer") == {} == lines(third, "efterregulering")
    assert sum(sum(year.values()) for year in (first, second, third)) == pytest.approx(145_263_157.89, abs=0.01)


def test_abonnement() -> None:
    subscribed = {(ESBJERG, ""): 8.0, (VEJEN, ""): 4.0, (FANOE, ""): 1.0}
    first, second, third = (settle(house(age), "abonnement", rules(), subscribed) for age in range(3))
    assert lines(first, "abonnement") == {ESBJERG: 5_263_157.89, VEJEN: 5_263_157.89, FANOE: 2_631_578.95}
    assert lines(first, "ejer") == {VARDE: 1_578_947.37}
    assert lines(second, "abonnement") == {VEJEN: 2_631_578.95, FANOE: 2_631_578.95}
    assert lines(second, "ejer")[VARDE] == pytest.approx(-1_052_631.58, abs=0.011)
    assert lines(third, "abonnement") == {FANOE: 2_631_578.95}
    assert lines(third, "ejer") == {VARDE: -2_500_000.00}
    back = lines(third, "efterregulering")
    assert back == pytest.approx({ESBJERG: -62_326.87, VARDE: -41_551.25, VEJEN: -27_700.83}, abs=0.011)


def test_objektiv() -> None:
    found = lines(settle(house(0), "objektiv", rules(), {}), "objektiv")
    expected = {ESBJERG: 8_047_055.64, VARDE: 3_471_814.77, VEJEN: 2_983_928.52, FANOE: 234_043.18}
    assert found == pytest.approx(expected, abs=0.011)


def test_takststyring() -> None:
    first = settle(house(0, STARTUP[0]), "takststyring", rules(), {})
    assert lines(first, "takst") == {ESBJERG: 20_300_751.88, VARDE: 13_533_834.59, VEJEN: 6_766_917.29}
    assert lines(first, "ejer") == {VARDE: 2_368_421.05}
    assert lines(first, "efterregulering") == {ESBJERG: 1_672_932.33, VARDE: 1_115_288.22, VEJEN: 557_644.11}
    second = settle(house(1, STARTUP[1]), "takststyring", rules(), {})
    assert {kind for (kind, _), kr in second.items() if abs(kr) > 0.004} == {"takst"}


def test_garanti_ends_after_its_years_and_never_exceeds_the_deficit() -> None:
    """r = C/(βP) = 2 631 578.95; 8 empty places at 0.8 would be 16 842 105.26, more than D, so D by population."""
    found = settle(house(0), "garanti", rules(), {})
    assert sum(lines(found, "garanti").values()) == pytest.approx(14_736_842.11, abs=0.03)
    assert lines(found, "garanti")[ESBJERG] == 8_047_055.64
    half = settle(house(0), "garanti", rules(guarantee_share=0.4, key="equal", participants=[VARDE, VEJEN]), {})
    # 8 · 0.4 · 2 631 578.947 = 8 421 052.63, half each; the rest of D is 6 315 789.48, 2 500 000 of it the owner's.
    assert lines(half, "garanti") == {VARDE: 4_210_526.32, VEJEN: 4_210_526.32}
    assert sum(lines(half, "efterregulering").values()) == pytest.approx(3_815_789.48, abs=0.02)
    assert settle(replace(house(0), age=3), "garanti", rules(), {}) == settle(house(0), "standard", rules(), {})


def test_nobody_lives_there() -> None:
    """The whole deficit is the owner's under standard, the participants' under objektiv (ψ = 0.25 kept)."""
    empty = replace(house(0), used={})
    assert settle(empty, "standard", rules(), {}) == {("ejer", VARDE): 40_000_000.0}
    shared = settle(empty, "objektiv", rules(psi=0.25, key="equal"), {})
    assert lines(shared, "objektiv") == dict.fromkeys(PEOPLE, 7_500_000.0)
    assert lines(shared, "ejer") == {VARDE: 10_000_000.0}
    # 16 places paid for without use bring 42 105 263.16: 2 105 263.16 too much, below 5 % of C, the owner's.
    paid = settle(empty, "abonnement", rules(), {(FANOE, ""): 16.0})
    assert lines(paid, "ejer") == {VARDE: -2_105_263.16}
    # 20 places bring 52 631 578.95, 12 631 578.95 too much: 2.5 mio. kept, the rest back to Fanø.
    paid = settle(empty, "abonnement", rules(), {(FANOE, ""): 20.0})
    assert lines(paid, "efterregulering") == {FANOE: -10_131_578.95}


@pytest.mark.parametrize("seed", range(60))
def test_as_another_settlement_and_balanced(seed: int) -> None:
    """Random offer-years with two groups and guests, under every scheme."""
    rng = random.Random(seed)
    agreed = rules(
        alpha=rng.choice((1.0, 0.5)),
        psi=rng.choice((0.0, 0.3)),
        owner_limit=rng.choice((0.0, 0.05)),
        guarantee_share=rng.choice((0.2, 0.8)),
        guarantee_years=2,
    )
    beta, places = rng.uniform(0.7, 1.0), rng.randint(4, 12)
    fixed = rng.uniform(4e6, 4e7)
    variable = {"a": rng.uniform(1e5, 1e6), "b": rng.uniform(1e5, 1e6)}
    extra = {"a": rng.uniform(-3e5, 3e5), "b": rng.uniform(-3e5, 3e5)}
    payers = [*PEOPLE, "udenbys"]
    used = {(who, g): float(rng.choice((0, 0, 1, 2.5))) for who in payers for g in variable}
    used = {pair: count if rng.random() < 0.9 else 0.0 for pair, count in used.items()}
    cells: list[dict[str, Any]] = [
        {"id": g, "variable_cost": variable[g], "supplement": extra[g], "takst_cap": rng.choice((None, 2.2e6))}
        for g in variable
    ]
    price: dict[tuple[str, str], float] = {}
    for cell in cells:
        full = fixed / (beta * places) + cell["variable_cost"] + cell["supplement"]
        cap = cell["takst_cap"]
        price |= {(who, cell["id"]): full if cap is None else min(full, cap) for who in payers}
    subscribed = {(FANOE, "a"): 2.0, (ESBJERG, "b"): 1.0}
    year = HouseYear(VARDE, VARDE, places, fixed, beta, rng.randint(0, 3), variable, price, used)
    case = {
        "offer": {
            "owner": VARDE,
            "places": places,
            "fixed_cost": fixed,
            "budgeted_occupancy": beta,
            "groups": cells,
            "opened": 2030 - year.age,
        },
        "scheme": {
            **{k: agreed.underskud[k] for k in ("alpha", "psi", "owner_limit", "guarantee_share", "guarantee_years")},
            "subscriptions": {FANOE: {"a": 2.0}, ESBJERG: {"b": 1.0}},
            "key": PEOPLE,
        },
        "use": [{"year": 2030, "municipality": who, "group": g, "place_years": n} for (who, g), n in used.items()],
    }
    for scheme in ALL_SCHEMES:
        found = settle(year, scheme, agreed, subscribed)
        assert sum(found.values()) == pytest.approx(year.cost, rel=1e-12)
        again = {(kind, payer): kr for (_, _, payer, kind), kr in AGAIN(case, scheme).items()}
        for entry in {*found, *again}:
            assert found.get(entry, 0.0) == pytest.approx(again.get(entry, 0.0), rel=1e-9, abs=1e-4), (scheme, entry)
