"""The loop: cuts at stabilised points of the relaxation, then a whole master whose every find is priced exactly.

In-out stabilisation: a cut is taken halfway between the relaxed master's point and a core point that follows it
(Ben-Ameur and Neto, *Networks* 49, 2007), which keeps the first cuts from being wild. In the second phase each
whole plan the master meets gives two cuts per block: one tight at the plan, one a step inside, which is stronger
around it (after Magnanti and Wong, *Operations Research* 29, 1981). Between two searches of the master the best
plan is improved by steps to its neighbours, or, where cheaper plans are refused, by going where the parties' demands
point.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kapacitet.planning.benders.blocks import Block, Cut, StateKey
from kapacitet.planning.benders.guided import Guided
from kapacitet.planning.benders.master import Master, MasterPoint
from kapacitet.planning.benders.memory import CutMemory
from kapacitet.planning.benders.search import Search, between
from kapacitet.planning.completion import Completion
from kapacitet.planning.exclusions import Admit, Guide
from kapacitet.planning.plan import Decisions
from kapacitet.planning.problem import Problem
from kapacitet.planning.solver import Ending, Progress

VIOLATED = 1e-7
CORE_STEP = 0.5
MOST_ROUNDS = 200
STALL = 2e-6
STALL_ROUNDS = 5
SLACK_KEPT = 1.0
FIRST_GAP = 0.004
AIM = 0.6
LAST_AIM = 0.5
LEAST_GAP = 1e-9
A_MOMENT, A_TURN = 1.0, 5.0  # seconds


@dataclass(frozen=True)
class Found:
    """The end of a search: the best decisions, their value and the bound in money units."""

    ending: Ending
    decisions: Decisions | None
    objective: float
    bound: float


IMPOSSIBLE = Found(Ending.INFEASIBLE, None, np.inf, np.inf)


def search(
    problem: Problem,
    blocks: Sequence[Block],
    *,
    gap: float,
    time_limit: float,
    seed: int = 0,
    stop: Callable[[], bool] = lambda: False,
    progress: Callable[[Progress], None] | None = None,
    admit: Admit | None = None,
) -> Found:
    """The best plan within ``gap``, or the best found in ``time_limit`` seconds or until ``stop``.

    With ``admit`` only plans it admits count; what it refuses is ruled out in the master, so the bound is one on
    admitted plans (or on plans not looked at). ``progress`` is told amounts in money units.
    """
    began = time.perf_counter()
    master = Master(problem, blocks, seed)
    know = Search(problem, blocks, master, Completion(problem), CutMemory(blocks), admit)

    def left() -> float:
        return time_limit - (time.perf_counter() - began)

    def halted() -> bool:
        return master.interrupted or stop() or left() <= 0

    def tell() -> None:
        if progress is not None:
            progress(Progress(time.perf_counter() - began, know.best, know.bound, know.gap()))

    know.price((tuple(i for i, start in enumerate(problem.starts) if start.committed), (), ()))
    if not _relaxed(know, halted, tell):
        return IMPOSSIBLE
    master.drop_slack_cuts(SLACK_KEPT)
    master.make_whole()
    know.taught()
    guided = Guided(know, admit, seed) if isinstance(admit, Guide) else None
    gap, aim, learnt = max(gap, LEAST_GAP), FIRST_GAP, True
    while know.gap() > gap and not halted():
        before, turn = (know.best, know.bound), time.perf_counter()
        aim = max(AIM * know.gap(), LAST_AIM * gap) if learnt and know.gap() < FIRST_GAP / AIM else aim
        target = know.best * (1 - gap) if np.isfinite(know.best) else np.inf
        met, bound, impossible = master.solve(aim, know.values, halted, target)
        if impossible:
            return IMPOSSIBLE
        know.bound = max(know.bound, bound)
        for values in met:
            know.price(know.decided(values))
        tell()
        if guided is not None and guided.wanted():
            guided.run(_rationed(halted, turn, A_TURN) if guided.done else halted, tell)
        elif know.improve(halted if admit is None else _rationed(halted, began, A_MOMENT)):
            tell()
        learnt = know.taught() > 0 or (know.best, know.bound) != before
        if not learnt and aim <= LAST_AIM * gap:
            break  # the master's own optimum is known exactly: nothing is left to learn
        if not learnt:
            aim = LAST_AIM * gap
    return _found(know, gap)


def _rationed(halted: Callable[[], bool], since: float, least: float) -> Callable[[], bool]:
    """Halt, too, when improving has taken as long as all that was done ``since`` then, and ``least`` seconds.

    Where plans are refused most that are looked at are looked at in vain, and the master must get its turn.
    """
    now = time.perf_counter()
    end = now + max(now - since, least)
    return lambda: halted() or time.perf_counter() > end


def _found(know: Search, gap: float) -> Found:
    if know.decisions is None:
        return Found(Ending.STOPPED_WITHOUT, None, np.inf, know.bound)
    ending = Ending.OPTIMAL if know.gap() <= gap + VIOLATED else Ending.STOPPED_WITH_PLAN
    return Found(ending, know.decisions, know.best, know.bound)


def _relaxed(know: Search, halted: Callable[[], bool], tell: Callable[[], None]) -> bool:
    """First phase: the relaxation with cuts, to its optimum or until it hardly moves; False if infeasible."""
    point: MasterPoint | None = None
    stalled = 0
    for _ in range(MOST_ROUNDS):
        before = -np.inf if point is None else point.objective
        point = know.master.relax()
        if point is None:
            return False
        know.bound = max(know.bound, point.objective)
        tell()
        know.core = between(point.state, know.core, 1 - CORE_STEP) if know.core else point.state
        stalled = stalled + 1 if point.objective - before < STALL * abs(point.objective) else 0
        if halted() or stalled >= STALL_ROUNDS:
            return True
        if not know.learn(_violated(know, know.core, point)) and not know.learn(_violated(know, point.state, point)):
            return True
    return True


def _violated(know: Search, at: Mapping[StateKey, float], point: MasterPoint) -> list[Cut]:
    """Cuts taken at ``at`` that the master's ``point`` breaks."""
    cuts = (block.value(at)[1] for block in know.blocks)
    return [
        cut
        for cut in cuts
        if cut.constant + sum(slope * point.state.get(key, 0.0) for key, slope in cut.slopes.items())
        > point.theta[cut.block] + VIOLATED * max(1.0, abs(point.theta[cut.block]))
    ]
