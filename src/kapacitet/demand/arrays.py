"""The rules of the demand cells on arrays: residents fitted in the need, diversion, and the split in terms.

One projection or many futures: the same rules. Those of ``docs/decisions.md``, *Demand and residents*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from kapacitet.demand.floor import Pair, fitted_residents, need_after_diversion, sum_by
from kapacitet.demand.residents import thinned_residents
from kapacitet.demand.terms import Array, share_in_temporary, split_terms, temporary_share
from kapacitet.faults import Fault
from kapacitet.region.columns import UDENBYS
from kapacitet.region.model import Region
from kapacitet.scenario.models import Scenario


@dataclass(frozen=True, eq=False)
class Homes:
    """Where today's residents live, whatever the need: N rows by their key, T years.

    Attributes:
        rows: the rows of ``residents`` sorted by municipality, target_group and offer.
        thinned: R by row and year, place-years, shape (N, T).
        in_temporary: the part of each row in the temporary cell, shape (N,).
        present: whether the offer of the row has not closed by the year, shape (N, T).
    """

    rows: pd.DataFrame
    thinned: Array
    in_temporary: Array
    present: npt.NDArray[np.bool_]

    def part(self, chosen: npt.NDArray[np.bool_]) -> Homes:
        """The rows chosen, shape (N,)."""
        rows = self.rows[chosen].reset_index(drop=True)
        return Homes(rows, self.thinned[chosen], self.in_temporary[chosen], self.present[chosen])

    def by_term(self, place_years: Array) -> Array:
        """Place-years (N, T) in the temporary and the long-term cell while the home is open, shape (2, N, T)."""
        temporary = self.in_temporary[:, None]
        return np.stack([place_years * temporary, place_years * (1 - temporary)]) * self.present


@dataclass(frozen=True, eq=False)
class FittedNeed:
    """The demand cells of one course of the need; P municipality-groups, N rows of residents, T years.

    Attributes:
        pairs: municipality and target group, sorted.
        demand: d by term, pair and year, place-years, shape (2, P, T).
        residents: R by term, row and year, place-years, shape (2, N, T).
        warnings: residents scaled down because the need falls below them.
    """

    pairs: Sequence[Pair]
    demand: Array
    residents: Array
    warnings: tuple[Fault, ...]


def homes(region: Region, scenario: Scenario) -> tuple[Homes, Homes]:
    """The homes of the region's own citizens, and of those whose payer is outside it (``udenbys``)."""
    rows, thinned = thinned_residents(region, scenario)
    in_temporary = share_in_temporary(region, scenario, rows)
    everybody = Homes(rows, thinned, in_temporary, _offer_is_open(region, rows, scenario.horizon.years))
    external = (rows["municipality"] == UDENBYS).to_numpy()
    return everybody.part(~external), everybody.part(external)


def fitted_need(region: Region, scenario: Scenario, own: Homes, frame: pd.DataFrame) -> FittedNeed:
    """The demand cells where the need before diversion is ``frame``.

    Args:
        own: homes of the region's own citizens, of :func:`homes`.
        frame: municipality, target_group, year, place_years; years of the horizon.

    Raises:
        FaultyInput: in the first year the need is below those who have a place.
    """
    years = list(scenario.horizon.years)
    pairs, pair_of, projected = _pairs(frame, own.rows, years)
    placed, warnings = fitted_residents(own.thinned, pair_of, projected, pairs, years, region)
    diversion = np.array([scenario.demand.diversion.get(group, 0.0) for _, group in pairs])
    need = need_after_diversion(projected, diversion, sum_by(pair_of, placed, len(pairs)))
    # Whose offer has closed still needs a place in the same cell, so the split counts them in.
    in_temporary = own.in_temporary[:, None]
    temporary = sum_by(pair_of, placed * in_temporary, len(pairs))
    long_term = sum_by(pair_of, placed * (1 - in_temporary), len(pairs))
    share = temporary_share(region)
    sigma = np.array([share[group] for _, group in pairs])[:, None]
    return FittedNeed(pairs, split_terms(need, temporary, long_term, sigma), own.by_term(placed), warnings)


def _pairs(
    frame: pd.DataFrame, payers: pd.DataFrame, years: Sequence[int]
) -> tuple[list[Pair], npt.NDArray[np.int64], Array]:
    """Every municipality and group with need, the pair of each row of ``payers``, and the projected need."""
    asked = list(zip(frame["municipality"], frame["target_group"], strict=True))
    living = list(zip(payers["municipality"], payers["target_group"], strict=True))
    pairs = sorted({*asked, *living})
    position = {pair: index for index, pair in enumerate(pairs)}
    projected = np.zeros((len(pairs), len(years)))
    projected[[position[pair] for pair in asked], frame["year"] - years[0]] = frame["place_years"]
    return pairs, np.array([position[pair] for pair in living], dtype=np.int64), projected


def _offer_is_open(region: Region, rows: pd.DataFrame, years: range) -> npt.NDArray[np.bool_]:
    """Whether the offer of each row of residents has not closed by the year, shape (N, T)."""
    closes = closing_years(region)
    last = np.array([closes.get(offer, years[-1] + 1) for offer in rows["offer"]], dtype=np.int64)
    return np.asarray(years) < last[:, None]


def closing_years(region: Region) -> dict[str, int]:
    """The first year without places of each offer that closes by its own ``closes``."""
    offers = region.tables["offers"].dropna(subset=["closes"])
    return dict(zip(offers["id"], offers["closes"].astype("int64").tolist(), strict=True))
