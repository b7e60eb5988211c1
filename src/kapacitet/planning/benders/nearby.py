"""The master near one plan, with the parties' demands as they look from there: cheap plans that few would refuse."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from kapacitet.planning.arrays import loaded
from kapacitet.planning.benders.master import SMALLEST, Master, keeping_finds, run_until
from kapacitet.planning.costs import Array
from kapacitet.planning.exclusions import Ask, Name
from kapacitet.planning.plan import Decisions
from kapacitet.planning.solver import SEED_LIMIT

GAP = 2e-4
"""For each project that may change. Proposals needn't be the best there are, if only they are soon there."""
SECONDS = 4.0
REACH = 3.0


@dataclass(frozen=True, kw_only=True)
class Region:
    """Where to look.

    Attributes:
        centre: the plan the demands are seen from; closures and conversions stay as there.
        accepted: whether the centre is.
        asks: the demands.
        surprises: plans looked at, and by how much more than it seemed each exceeds a demand, kr. per inhabitant.
        projects: projects, each as the starts of its variants, that may be changed; all others stay.
        radius: at most so many projects change.
        price: money units per krone per inhabitant by which demands are exceeded in all.
    """

    centre: Decisions
    accepted: bool
    asks: Sequence[Ask]
    surprises: Sequence[tuple[Decisions, Mapping[Name, float]]]
    projects: Sequence[Sequence[int]]
    radius: int
    price: float

    @property
    def free(self) -> list[int]:
        """Starts that may be chosen or dropped, and those chosen."""
        return sorted({i for project in self.projects for i in project} | set(self.centre[0]))

    def sides(self, ask: Ask) -> Iterator[tuple[Array, float]]:
        """Weights of the free starts and their most: as the demand looks from the centre, and near each surprise.

        What a surprise adds falls with the number of starts that differ, to nothing at ``REACH``.
        """
        free = self.free
        weights = np.array([ask.weights.get(i, 0.0) for i in free])
        yield weights, ask.most
        for (starts, _, _), more in self.surprises:
            if ask.name in more:
                step, there = more[ask.name] / REACH, np.isin(free, starts)
                yield weights + np.where(there, step, -step), ask.most - more[ask.name] + step * int(there.sum())


def nearby(master: Master, region: Region, seed: int, stop: Callable[[], bool]) -> tuple[list[Array], bool]:
    """Columns of plans the master and the demands think well of, the best last, and whether all were looked at.

    Cuts and refusals so far hold.
    """
    highs = loaded(
        master.model(),
        random_seed=seed % SEED_LIMIT,
        small_matrix_value=SMALLEST,
        mip_rel_gap=GAP * region.radius,
        mip_abs_gap=0.0,
        time_limit=SECONDS,
    )
    now = _hold(highs, master, region)
    _limit_changes(highs, master, region)
    columns = master.whole[region.free].astype(np.int32)
    for ask in region.asks:
        highs.addVar(0.0, highspy.kHighsInf)
        slack = highs.getNumCol() - 1
        highs.changeColCost(slack, region.price)
        index = np.append(columns, np.int32(slack))
        for weights, most in region.sides(ask):
            highs.addRow(-highspy.kHighsInf, most, len(index), index, np.append(weights, -1.0))
    if region.accepted:
        highs.setSolution(len(now), master.whole.astype(np.int32), now)
    with keeping_finds(highs) as pool:
        stopped = run_until(highs, stop)
    master.interrupted |= stopped and not stop()
    return pool, highs.getModelStatus() in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible)


def _hold(highs: highspy.Highs, master: Master, region: Region) -> Array:
    """Fix what may not change; the centre's whole decisions."""
    now = master.numbering.values(region.centre)
    held = np.ones(len(now), dtype=np.bool_)
    held[[i for project in region.projects for i in project]] = False
    highs.changeColsBounds(int(held.sum()), master.whole[held].astype(np.int32), now[held], now[held])
    return now


def _limit_changes(highs: highspy.Highs, master: Master, region: Region) -> None:
    """A project changes when its start is dropped or moved, or, where it has none, when it gets one."""
    weights: dict[int, float] = {}
    constant = 0
    for project in region.projects:
        kept = set(region.centre[0]).intersection(project)
        weights |= dict.fromkeys(kept, -1.0) if kept else dict.fromkeys(project, 1.0)
        constant += len(kept)
    index = master.whole[list(weights)].astype(np.int32)
    most = float(region.radius - constant)
    highs.addRow(-highspy.kHighsInf, most, len(index), index, np.array(list(weights.values())))
