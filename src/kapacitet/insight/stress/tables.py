"""The distributions as tables."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from kapacitet.insight.future_tables import HALF
from kapacitet.insight.stress.occupancy import NEARLY_ALL
from kapacitet.insight.stress.spread import Kind, Spread
from kapacitet.insight.stress.trial import Trial
from kapacitet.ledger.parties import party_name
from kapacitet.planning.costs import Array

LEVELS = {"p5": 0.05, "p25": 0.25, "p50": 0.50, "p75": 0.75, "p95": 0.95}
TAIL = 0.95
ONE_MORE = 1e-6
DECIMALS: Mapping[Kind, int] = {"persons": 6, "money": 2}


def tables(trial: Trial, spreads: Mapping[str, Spread]) -> dict[str, pd.DataFrame]:
    """stress_offers, stress_region, stress_groups and stress_parties."""
    region, groups = _served(trial, spreads["served"])
    return {
        "stress_offers": _offers(trial, spreads["offers"], spreads["halves"]),
        "stress_region": pd.concat([region, _cost(trial, spreads["cost"])], ignore_index=True).sort_values(
            "year", kind="stable", ignore_index=True
        ),
        "stress_groups": groups,
        "stress_parties": _parties(trial, spreads["payments"]),
    }


def _spread(spread: Spread) -> dict[str, Array]:
    """Mean, least, quantiles, greatest, and the mean of the highest 5 %; kr. to the øre."""
    levels = {name: spread.quantile(level) for name, level in LEVELS.items()}
    found = {"mean": spread.mean, "min": spread.low, **levels, "max": spread.high, "cvar95": spread.tail(TAIL)}
    return {name: np.round(amounts, DECIMALS[spread.kind]) for name, amounts in found.items()}


def _offers(trial: Trial, spread: Spread, halves: Spread) -> pd.DataFrame:
    """A row per offer and year with places: persons, belægning, and how likely it is to be half empty or full.

    ``half_empty_some_year`` is the probability that a new house has fewer than half its places used in some year.
    Existing offers have neither it nor ``probability_half_empty``.
    """
    years = np.array(trial.problem.years)
    T, every = len(years), trial.offers
    places = np.concatenate([offer.places for offer in every]) if every else np.zeros(0)
    some = iter(1 - halves.below(np.full(halves.count, 1.0)))
    found = _spread(spread)
    frame = pd.DataFrame(
        {
            "offer": np.repeat([offer.id for offer in every], T),
            "name": np.repeat([offer.name for offer in every], T),
            "new": np.repeat([offer.new for offer in every], T),
            "year": np.tile(years, len(every)),
            "places": places,
            **found,
            **{f"occupancy_{name}": found[name] / np.where(places > 0, places, 1) for name in ("mean", *LEVELS)},
            "probability_half_empty": spread.below(HALF * places),
            "probability_over_95": 1 - spread.below(NEARLY_ALL * places + ONE_MORE),
            "half_empty_some_year": np.repeat([next(some) if offer.new else np.nan for offer in every], T),
        }
    )
    frame.loc[~frame["new"], "probability_half_empty"] = np.nan
    return frame[frame["places"] > 0].drop(columns="cvar95").reset_index(drop=True)


def _served(trial: Trial, spread: Spread) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Persons by year (blank: all together) and what becomes of them: the whole region, and each target group."""
    labels = pd.DataFrame(trial.served, columns=["target_group", "year", "what"]).astype({"year": "Int64"})
    nobody = spread.below(np.full(spread.count, ONE_MORE))
    frame = pd.concat([labels, pd.DataFrame(_spread(spread)), pd.DataFrame({"probability": 1 - nobody})], axis=1)
    whole = frame["target_group"] == ""
    return frame[whole].drop(columns="target_group"), frame[~whole].reset_index(drop=True)


def _cost(trial: Trial, spread: Spread) -> pd.DataFrame:
    """What is paid by year, and in all, kr."""
    years = pd.array([*trial.problem.years, None], dtype="Int64")
    return pd.DataFrame({"year": years, "what": "omkostning", **_spread(spread)})


def _parties(trial: Trial, spread: Spread) -> pd.DataFrame:
    """Kr. by scheme, party, kind and year (blank: the whole horizon); what is 0 in every future is left out."""
    labels = pd.DataFrame(trial.payments).astype({"year": "Int64"})
    labels.insert(2, "party_name", [party_name(trial.problem, party) for party in labels["party"]])
    frame = pd.concat([labels, pd.DataFrame(_spread(spread))], axis=1)
    return frame[(frame["min"] != 0) | (frame["max"] != 0)].reset_index(drop=True)
