"""Temporary or long-term: the split of a municipality's need of a group in two demand cells."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from kapacitet.region.columns import UDENFOR
from kapacitet.region.model import Region
from kapacitet.region.tables import split_list
from kapacitet.scenario.models import Scenario

type Array = npt.NDArray[np.float64]

TEMPORARY, LONG_TERM = "midlertidig", "langvarig"
TERMS = (TEMPORARY, LONG_TERM)
FLEXIBLE = ("sel107", "sel108")


def temporary_share(region: Region) -> dict[str, float]:
    """σ, the share of the need that is temporary, by target group."""
    groups = region.tables["target_groups"]
    return dict(zip(groups["id"], groups["temporary_share"], strict=True))


def share_in_temporary(region: Region, scenario: Scenario, residents: pd.DataFrame) -> Array:
    """The part of each row of ``residents`` that belongs to the temporary cell, shape (N,).

    1 in an offer for §107 alone, 0 in one for §108 or ABL alone; σ of the group where the offer is for both
    (as approved, or by ``flexible_107_108``) or isn't listed.
    """
    offers = region.tables["offers"]
    basis = {offer: set(split_list(text)) for offer, text in zip(offers["id"], offers["legal_basis"], strict=True)}
    basis |= {offer: set(FLEXIBLE) for offer in scenario.levers.flexible_107_108}
    sigma = temporary_share(region)
    return np.array(
        [
            sigma[group] if offer.startswith(UDENFOR) else _share(basis[offer], sigma[group])
            for group, offer in zip(residents["target_group"], residents["offer"], strict=True)
        ],
        dtype=np.float64,
    )


def _share(basis: set[str], sigma: float) -> float:
    if "sel107" not in basis:
        return 0.0
    return 1.0 if basis == {"sel107"} else sigma


def split_terms(need: Array, temporary: Array, long_term: Array, sigma: Array) -> Array:
    """``need`` in its temporary and its long-term part, shape (2, …).

    d_temporary = clip(σ·d, R_temporary, d − R_long), the rest is long-term: those already placed are inside
    their own cell, so the split bends just enough. Shapes broadcast; the need must be at least
    both kinds of residents together.

    Returns:
        Parts that add up to ``need`` and are, to the last bit, no less than the residents of their cell.
    """
    short = np.maximum(np.minimum(sigma * need, need - long_term), temporary)
    return np.stack([short, np.maximum(need - short, long_term)])
