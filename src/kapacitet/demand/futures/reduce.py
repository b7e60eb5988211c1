"""Few futures that stand for many: fast forward selection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy.spatial.distance import cdist

from kapacitet.demand.futures.model import DemandFutures
from kapacitet.demand.terms import Array
from kapacitet.faults import Fault, FaultyInput

type IntArray = npt.NDArray[np.int64]

MOST_FUTURES = 5_000
"""Beyond this the distances between all pairs of futures fill the memory (200 MB at 5 000)."""


def reduce_futures(futures: DemandFutures, keep: int) -> tuple[DemandFutures, IntArray]:
    """``keep`` of the futures, with the probabilities of those they stand for.

    Fast forward selection (Heitsch and Römisch, Computational Optimization and Applications 24, 2003): one after
    the other that future is chosen which lowers most the mean distance Σ π_ω · min distance(ω, chosen), the
    Kantorovich distance between all futures and those chosen; ties go to the lowest index. Each future then gives
    its probability to the nearest chosen one. The distance is Euclidean in place-years over :func:`features`.

    Args:
        keep: how many, from 1 to the number of futures.

    Returns:
        the chosen futures in their old order, and for each future the position of its representative among them,
        shape (S,).

    Raises:
        FaultyInput: of :func:`check_reduction`.
    """
    count = len(futures.probability)
    check_reduction(count, keep)
    if keep == count:
        return futures, np.arange(count)
    points = features(futures)
    distance = cdist(points, points)
    chosen = np.sort(forward_selection(distance, futures.probability, keep))
    nearest = distance[:, chosen].argmin(axis=1)
    nearest[chosen] = np.arange(keep)  # of two alike each stands for itself
    return (
        replace(
            futures,
            probability=np.bincount(nearest, weights=futures.probability, minlength=keep),
            demand=futures.demand[chosen],
            residents=futures.residents[chosen],
            external=futures.external[chosen],
        ),
        nearest,
    )


def check_reduction(count: int, keep: int) -> None:
    """Refuse to choose ``keep`` of ``count`` futures where it can't be done.

    Raises:
        FaultyInput: more futures asked for than there are, none, or more than :data:`MOST_FUTURES` to choose from.
    """
    if not 1 <= keep <= count:
        message = f"Der kan ikke udvælges {keep} fremtider af {count}."
        raise FaultyInput([Fault(message, "Ret reduce_to.", column="futures.reduce_to", value=str(keep))])
    if keep < count and count > MOST_FUTURES:
        message = f"Der kan højst udvælges af {MOST_FUTURES} fremtider; her er {count}."
        raise FaultyInput([Fault(message, "Sænk futures.count.", column="futures.count", value=str(count))])


def features(futures: DemandFutures) -> Array:
    """What makes futures alike: place-years by group, term and year, and by municipality and year, shape (S, F).

    The first decides what must be built, the second where; both count in place-years, so the larger totals of
    the groups weigh the most, as they do in a plan's cost.
    """
    parts = [
        _totals(futures.demand, [(group, term) for _, group, term in futures.demand_keys]),
        _totals(futures.demand, [(code,) for code, _, _ in futures.demand_keys]),
    ]
    return np.concatenate([part.reshape(len(futures.probability), -1) for part in parts], axis=1)


def _totals(demand: Array, names: Sequence[tuple[str, ...]]) -> Array:
    """Sums of ``demand`` (S, C, T) over cells of the same name, in the order of the names, shape (S, names, T)."""
    index = [[k for k, other in enumerate(names) if other == name] for name in sorted(set(names))]
    if not index:
        return np.zeros((len(demand), 0, demand.shape[2]))
    return np.stack([demand[:, rows].sum(axis=1) for rows in index], axis=1)


def forward_selection(distance: Array, probability: Array, keep: int) -> IntArray:
    """The futures chosen, in the order they are, from distances (S, S) and probabilities (S,); shape (keep,)."""
    nearest = np.full(len(probability), np.inf)
    chosen = np.empty(keep, dtype=np.int64)
    taken = np.zeros(len(probability), dtype=bool)
    for step in range(keep):
        left = probability @ np.minimum(distance, nearest[:, None])
        chosen[step] = np.argmin(np.where(taken, np.inf, left))
        taken[chosen[step]] = True
        nearest = np.minimum(nearest, distance[:, chosen[step]])
    return chosen
