"""Public frames: totals added, hidden counts null and marked, series over years held together."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kapacitet.faults import FaultyInput
from kapacitet.report.small_numbers import HIDDEN, Rule, footnote, long_table, protect, protect_counts
from tests.report.small_numbers.attacker import interval

KEYS = ["group", "municipality", "year"]


def need(seed: int = 1, municipalities: int = 4) -> pd.DataFrame:
    """Demand that grows by 3 % a year, a part of it unmet."""
    rng = np.random.default_rng(seed)
    rows = []
    for group in ("autisme", "dom"):
        for municipality in range(municipalities):
            first = int(rng.choice([0, 2, 4, 6, 9, 15, 40]))
            for year in range(2026, 2030):
                demand = first * 1.03 ** (year - 2026)
                unmet = demand * 0.25 if municipality % 2 else 0.0
                rows.append((group, f"k{municipality}", year, demand, demand - unmet, unmet))
    return pd.DataFrame(rows, columns=[*KEYS, "demand", "placed", "unmet"])


def test_hidden_counts_are_null_and_marked_alike() -> None:
    public = protect(need(), KEYS, ["demand"], time="year")
    hidden = public["demand"].isna()
    assert hidden.any() and not hidden.all()
    assert set(public.loc[hidden, "demand_skjult"]) == {HIDDEN}
    assert set(public.loc[~hidden, "demand_skjult"]) == {""}
    shown = public.loc[~hidden, "demand"]
    assert ((shown == 0) | (shown >= 5)).all()
    assert list(public.columns) == [*KEYS, "demand", "demand_skjult"]
    assert len(public) == 3 * 5 * 4 and public["year"].dtype == "int64"


def test_totals_shown_are_the_sums() -> None:
    frame = need()
    public = protect(frame, KEYS, ["demand"], time="year").set_index(KEYS)["demand"]
    sums = frame.groupby(["municipality", "year"])["demand"].sum()
    for (municipality, year), value in sums.items():
        told = public["I alt", municipality, year]
        assert pd.isna(told) or told == int(np.floor(value + 0.5))


def test_a_series_is_hidden_in_all_years_or_none() -> None:
    public = protect(need(), KEYS, ["demand"], time="year")
    frame = need()
    zero = frame.groupby(KEYS[:2])["demand"].max() == 0
    share = public.groupby(KEYS[:2])["demand"].apply(lambda counts: counts.isna().mean())
    assert set(share) <= {0.0, 1.0}
    assert all(share[key] == 0 for key in zero[zero].index)


def test_a_series_that_grows_past_the_threshold_stays_hidden() -> None:
    frame = pd.DataFrame({"k": ["a", "a", "b", "b", "c", "c"], "year": [1, 2] * 3, "n": [4, 6, 30, 31, 40, 41]})
    public = protect(frame, ["k", "year"], ["n"], time="year").set_index(["k", "year"])["n"]
    assert public["a"].isna().all()
    assert public["b"].isna().all() != public["I alt"].isna().all()
    assert public["c"].notna().all()


def test_linked_quantities_tell_nothing_together() -> None:
    frame = need(seed=3, municipalities=3)
    sums = {"demand": ("placed", "unmet")}
    values = ["demand", "placed", "unmet"]
    shown = long_table(frame, KEYS, values, time="year", sums=sums)
    outcome = protect_counts(shown)
    assert outcome.proven
    public = protect(frame, KEYS, values, time="year", sums=sums)
    assert sum(int(public[value].isna().sum()) for value in values) == len(outcome.hidden)
    first = [cell for cell in outcome.hidden if cell[-1] == "2026" and 0 < shown.values[cell] < 5]
    for cell in first:
        low, high = interval(shown, set(outcome.hidden), cell, known=lambda _: (0.0, 1e5))
        assert high >= 5 - 1e-4 and high - low >= 1 - 1e-4


def test_noise_of_a_solver_is_nobody() -> None:
    public = protect(pd.DataFrame({"k": list("abc"), "n": [-1e-12, 8.0, 1e-12]}), ["k"], ["n"]).set_index("k")
    assert public["n"].to_dict() == {"a": 0, "b": 8, "c": 0, "I alt": 8}


def test_decimals_are_rounded_half_up() -> None:
    public = protect(pd.DataFrame({"k": ["a", "b"], "n": [7.5, 5.4]}), ["k"], ["n"]).set_index("k")
    assert public["n"].to_dict() == {"a": 8, "b": 5, "I alt": 13}


def test_row_order_changes_nothing() -> None:
    frame = need()
    one = protect(frame, KEYS, ["demand"], time="year")
    other = protect(frame.sample(frac=1.0, random_state=1), KEYS, ["demand"], time="year")
    pd.testing.assert_frame_equal(one, other)


def test_labels_say_under_the_threshold() -> None:
    frame = pd.DataFrame({"k": list("abcd"), "n": [3, 30, 40, 7]})
    public = protect(frame, ["k"], ["n"], rule=Rule(labelled=True)).set_index("k")
    assert public.loc["a", "n_skjult"] == "under 5"
    assert HIDDEN in set(public["n_skjult"])
    with pytest.raises(FaultyInput, match="fælles mærke"):
        protect(need(), KEYS, ["demand"], time="year", rule=Rule(labelled=True))


def test_the_note_says_what_is_hidden() -> None:
    assert footnote(Rule(), rounded=True).startswith("Antal under 5 er skjult")
    assert "Nul vises." in footnote(Rule(), rounded=False)


def test_every_fault_of_the_frame_is_said_at_once() -> None:
    frame = pd.DataFrame({"k": ["a", "a", "I alt"], "g": ["x", "x", "y"], "n": [1, 2, 3]})
    with pytest.raises(FaultyInput) as caught:
        protect(frame, ["k", "g"], ["n"])
    text = str(caught.value)
    assert "står to gange" in text and "er en sum" in text and "«a · y» mangler" in text
    with pytest.raises(FaultyInput, match="kolonne m"):
        protect(frame, ["k", "g"], ["m"])


def test_the_shipped_region_is_protected_with_proof() -> None:
    region = Path(__file__).parents[3] / "data" / "regions" / "syddanmark" / "demand.csv"
    frame = pd.read_csv(region, dtype={"municipality": str})
    shown = long_table(frame, ["target_group", "municipality", "year"], ["central"], time="year")
    outcome = protect_counts(shown)
    assert outcome.proven and 0.2 < len(outcome.hidden) / len(shown.values) < 0.5
    for cell in outcome.hidden:
        if cell[-1] == "2037" and 0 < shown.values[cell] < 5:
            year = {c: v for c, v in shown.values.items() if c[-1] == "2037"}
            links = tuple(r for r in shown.relations if r.terms[0][0] in year)
            part = type(shown)(year, links)
            assert interval(part, set(outcome.hidden) & year.keys(), cell)[1] >= 5 - 1e-4
