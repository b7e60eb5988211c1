"""Whole persons of the region: today's residents, who leaves in a year, and how many need a place."""

from __future__ import annotations

import numpy as np

from kapacitet.placement.ground import Ground, Layout
from kapacitet.placement.network import IntArray
from kapacitet.placement.rounding import controlled_rounding
from kapacitet.planning.costs import Array
from kapacitet.planning.futures import Future

NOBODY = 1e-9


def todays(layout: Layout, future: Future, t: int) -> Array:
    """Place-years of today's residents who are still there in year ``t``, ``udenbys`` included, (K + 1, C, P)."""
    result = layout.on_arcs(future.residents[:, t])
    result[:-1, :, layout.outside] = future.outside[:, :, t]
    result[-1, :, : layout.bought] = future.external[:, :, t].T
    return result


def settled(layout: Layout, residents: Array, ground: Ground) -> IntArray:
    """Today's residents as whole persons at the start of the first year, (K + 1, C, P).

    First by municipality, group and place (never more than the place holds), then between temporary and
    long-term, where a place has both.
    """
    group_sums = np.zeros((layout.shape[0], len(layout.groups), layout.shape[2]))
    for cell, group in enumerate(layout.group):
        group_sums[:, group] += residents[:, cell]
    k, g, p = np.nonzero(group_sums > NOBODY)
    by_group = group_sums[k, g, p]
    G, P = group_sums.shape[1:]
    first_cell = np.array([np.argmax(layout.group == each) for each in range(G)], dtype=np.int64)
    holder = np.where(p < layout.bought, p, layout.bought + g)
    count = controlled_rounding(
        by_group,
        [_payer_kind(layout, k) * G + g, k * G + g],
        [g * P + p, holder],
        upper=np.ceil(by_group - NOBODY).astype(np.int64),
        room=np.concatenate([ground.room, ground.to_buy]),
        ties=layout.ties[k, first_cell[g], p],
    )
    whole = np.zeros(group_sums.shape, dtype=np.int64)
    whole[k, g, p] = count
    k, c, p = np.nonzero(residents > NOBODY)
    row = (k * G + layout.group[c]) * P + p
    result = np.zeros(layout.shape, dtype=np.int64)
    result[k, c, p] = controlled_rounding(
        residents[k, c, p],
        [row],
        [k * layout.shape[1] + c, c],
        upper=np.ceil(residents[k, c, p] - NOBODY).astype(np.int64),
        totals=whole.reshape(-1),
        ties=layout.ties[k, c, p],
    )
    return result


def remaining(layout: Layout, expected: Array, present: IntArray) -> IntArray:
    """Who of the persons ``present`` is still there a year later, (K + 1, C, P).

    ``expected`` are their place-years after the year's attrition, counted from the day each was placed and never
    rounded: what a year's rounding takes too many or too few of, the next makes good. Totals by group, by group
    and municipality, and by group and place follow it.
    """
    k, c, p = np.nonzero((expected > NOBODY) | (present > 0))
    _, C, P = layout.shape
    g, G = layout.group[c], len(layout.groups)
    result = np.zeros(layout.shape, dtype=np.int64)
    result[k, c, p] = controlled_rounding(
        expected[k, c, p],
        [_payer_kind(layout, k) * G + g, k * G + g, k * C + c],
        [(_payer_kind(layout, k) * G + g) * P + p],
        upper=present[k, c, p],
        ties=layout.ties[k, c, p],
    )
    return result


def needed(layout: Layout, demand: Array, staying: IntArray) -> IntArray:
    """Whole persons who need a place, by municipality and cell, (K, C): never fewer than those who stay.

    The total of each group is that of ``demand`` (K, C) rounded; totals by cell and by group and municipality are
    as near as that allows.
    """
    k, c = np.nonzero((demand > NOBODY) | (staying > 0))
    g, G = layout.group[c], len(layout.groups)
    result = np.zeros(demand.shape, dtype=np.int64)
    result[k, c] = controlled_rounding(
        demand[k, c], [g, c], [k * G + g], lower=staying[k, c], ties=layout.ties[k, c, layout.unserved]
    )
    return result


def _payer_kind(layout: Layout, k: IntArray) -> IntArray:
    """0 for the region's municipalities, 1 for ``udenbys``: their totals are kept apart."""
    return np.asarray(k == layout.shape[0] - 1, dtype=np.int64)
