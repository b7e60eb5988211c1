"""The loop: cuts at stabilised points of the relaxation, then a whole master whose every find is priced exactly.

In-out stabilisation: a cut is taken halfway between the relaxed master's point and a core point that follows it
(Ben-Ameur and Neto, *Networks* 49, 2007), which keeps the first cuts from being wild. In the second phase each
whole plan the master meets gives two cuts per block: one tight at the plan, one a step inside, which is stronger
around it (after Magnanti and Wong, *Operations Research* 29, 1981). Between two searches of the master the best
plan is improved by steps to its neighbours, or, where cheaper plans are refused, by going where the parties' demands
point.

Many futures are looked at in levels: few first, since pricing one plan in few shows which plans are worth pricing in
all; only the last level proves anything.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kapacitet.planning.benders.blocks import Cut
from kapacitet.planning.benders.guided import Guided
from kapacitet.planning.benders.master import Master, MasterPoint
from kapacitet.planning.benders.memory import CutMemory
from kapacitet.planning.benders.search import Search, between
from kapacitet.planning.benders.stage import Stage
from kapacitet.planning.completion import Completion
from kapacitet.planning.exclusions import Admit, Guide
from kapacitet.planning.plan import Decisions
from kapacitet.planning.problem import Problem
from kapacitet.planning.recourse.network import StateKey
from kapacitet.planning.solver import Ending, Phase, Progress

VIOLATED = 1e-7
CORE_STEP, NEAR_STEP = 0.5, 0.15
"""How far the core follows the master: from nothing, and where a search over fewer futures has left it. Its first
points, with hardly any cuts, would lead far astray."""
MOST_ROUNDS = 200
STALL, STALL_ROUNDS = 1e-5, 3
"""The relaxation is left when its bound has risen by less than this, relative, so many times."""
SLACK_KEPT = 1.0  # money units
FIRST_GAP, AIM, LAST_AIM = 0.004, 0.6, 0.05
"""The master is searched to within so much, then to so much of the gap that is left, at last of the gap wanted."""
LEAST_GAP = 1e-9
A_TURN = 5.0  # seconds


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
    stage: Stage,
    *,
    gap: float,
    time_limit: float,
    seed: int = 0,
    stop: Callable[[], bool] = lambda: False,
    progress: Callable[[Progress], None] | None = None,
    admit: Admit | None = None,
    starts: Sequence[Decisions] = (),
) -> Found:
    """The best plan within ``gap``, or the best found in ``time_limit`` seconds or until ``stop``.

    With ``admit`` only plans it admits count; what it refuses is ruled out in the master, so the bound is one on
    admitted plans (or on plans not looked at). ``progress`` is told amounts in money units; ``starts`` are plans to
    begin from.
    """
    clock = _Clock(time_limit, stop)
    run = None
    for level in stage.levels():
        before, final = run, level is stage
        run = _Run(problem, level, gap, seed, admit, clock, progress, final=final)
        for decisions in starts if final else ():
            run.know.price(decisions)
        if not run.run(before and before.know):
            return IMPOSSIBLE
    assert run is not None  # the last level is the stage itself
    return _found(run.know, max(gap, LEAST_GAP))


class _Clock:
    """When a search must end."""

    def __init__(self, limit: float, stop: Callable[[], bool]) -> None:
        self.began, self._limit, self._stop = time.perf_counter(), limit, stop
        self.interrupted = False

    def halted(self) -> bool:
        """Whether it must end now."""
        return self.interrupted or self._stop() or time.perf_counter() - self.began >= self._limit

    def rationed(self, since: float, least: float) -> Callable[[], bool]:
        """Halt, too, when improving has taken as long as all that was done ``since`` then, and ``least`` seconds.

        Where plans are refused most that are looked at are looked at in vain, and the master must get its turn.
        """
        now = time.perf_counter()
        end = now + max(now - since, least)
        return lambda: self.halted() or time.perf_counter() > end


class _Run:
    """A search over the futures of one stage."""

    def __init__(
        self,
        problem: Problem,
        stage: Stage,
        gap: float,
        seed: int,
        admit: Admit | None,
        clock: _Clock,
        progress: Callable[[Progress], None] | None,
        *,
        final: bool,
    ) -> None:
        self.master = Master(problem, stage.blocks, seed, averse=stage.risk.averse)
        self.know = Search(problem, stage, self.master, Completion(problem), CutMemory(stage.blocks), admit)
        self._gap, self._seed, self._admit, self._clock, self._progress = gap, seed, admit, clock, progress
        self._final = final

    def run(self, before: Search | None) -> bool:
        """To the gap or until halted, ``before`` being a search over fewer futures; False if there is no plan.

        A look that isn't the final one proves nothing.
        """
        know = self.know
        if before is None or before.decisions is None:
            committed = tuple(i for i, start in enumerate(know.problem.starts) if start.committed)
            know.price((committed, (), ()))
        else:
            know.core = before.core
            know.price(before.decisions)
            know.learn(know.cuts_at(know.core))
        know.taught()
        if not self._relaxed(CORE_STEP if before is None else NEAR_STEP):
            return False
        know.tidy(SLACK_KEPT)
        self.master.make_whole()
        know.taught()
        settled = self._admit is None and know.decisions is not None and not (self._final and before is None)
        if settled:
            self._improving()
            know.walk(self._halted)
            know.taught()
        return (settled and not self._final) or self._searched(settled=settled)

    def _halted(self) -> bool:
        self._clock.interrupted |= self.master.interrupted
        return self._clock.halted()

    def _improving(self) -> None:
        self._tell(Phase.IMPROVING)

    def _tell(self, phase: Phase) -> None:
        know, seconds = self.know, time.perf_counter() - self._clock.began
        if self._progress is not None and self._final:
            self._progress(Progress(seconds, know.best, know.bound, know.gap(), phase, know.decisions))
        elif self._progress is not None:
            self._progress(Progress(seconds, np.inf, -np.inf, np.inf, Phase.FEW))

    def _searched(self, *, settled: bool) -> bool:
        """Second phase: the whole master again and again.

        ``settled``: nothing much better than the best plan is likely, so that to prove this is what is left.
        """
        know, master, gap = self.know, self.master, max(self._gap, LEAST_GAP)
        guided = Guided(know, self._admit, self._seed) if isinstance(self._admit, Guide) else None
        aim, known = FIRST_GAP, settled
        while know.gap() > gap + LEAST_GAP and not self._halted():
            before, turn = (know.best, know.bound), time.perf_counter()
            target = know.best * (1 - gap) if know.best > 0 else -np.inf
            proving = settled and target > know.bound
            self._tell(Phase.PROVING if proving else Phase.SEARCHING)
            if proving:
                met, bound = master.refute(target, self._halted)
            else:
                room = aim * abs(know.best if np.isfinite(know.best) else know.bound)
                met, bound, impossible = master.solve(room, know.decisions, self._halted, target)
                if impossible:
                    return False
            know.bound = max(know.bound, bound)
            for values in met:
                know.price(know.decided(values))
                know.recall(know.decided(values))
            self._improving()
            if know.gap() <= gap + LEAST_GAP:
                pass  # proven: nothing is left to look for
            elif guided is not None and guided.wanted():
                guided.run(self._clock.rationed(turn, A_TURN) if guided.done else self._halted, self._improving)
            elif self._admit is not None:
                know.improve(self._halted)
            else:
                settled = know.walk(self._halted) or known
            self._improving()
            learnt = know.taught() > 0 or (know.best, know.bound) != before
            if not learnt and aim <= LAST_AIM * gap:
                break  # the master's own optimum is known exactly: nothing is left to learn
            aim, settled = (AIM * min(know.gap(), FIRST_GAP / AIM), settled) if learnt else (LAST_AIM * gap, False)
            aim = max(aim, LAST_AIM * gap)
        return True

    def _relaxed(self, step: float = CORE_STEP) -> bool:
        """First phase: the relaxation with cuts, to its optimum or until it hardly moves; False if infeasible."""
        know, stalled, last = self.know, 0, -np.inf
        for _ in range(MOST_ROUNDS):
            point = know.master.relax()
            if point is None:
                return False
            know.bound = max(know.bound, point.objective)
            self._tell(Phase.RELAXING)
            know.core = between(point.state, know.core, 1 - step) if know.core else point.state
            stalled = stalled + 1 if point.objective - last < STALL * abs(point.objective) else 0
            last = point.objective
            if self._halted() or stalled >= STALL_ROUNDS:
                return True
            cuts = _violated(know, know.core, point) or _violated(know, point.state, point)
            if not know.learn(cuts):
                return True
        return True


def _found(know: Search, gap: float) -> Found:
    if know.decisions is None:
        return Found(Ending.STOPPED_WITHOUT, None, np.inf, know.bound)
    ending = Ending.OPTIMAL if know.gap() <= gap + VIOLATED else Ending.STOPPED_WITH_PLAN
    return Found(ending, know.decisions, know.best, know.bound)


def _violated(know: Search, at: Mapping[StateKey, float], point: MasterPoint) -> list[Cut]:
    """Cuts taken at ``at`` that the master's ``point`` breaks."""
    return [
        cut
        for cut in know.cuts_at(at)
        if cut.constant + float(cut.slopes @ know.stage.blocks[cut.block].point(point.state))
        > _theta(point, cut) + VIOLATED * max(1.0, abs(_theta(point, cut)))
    ]


def _theta(point: MasterPoint, cut: Cut) -> float:
    """θ that a cut bounds; 0 for one that has come since."""
    return float(point.theta[cut.profile, cut.block]) if cut.profile < len(point.theta) else 0.0
