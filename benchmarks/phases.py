"""The phases a case goes through. Each runs in a process of its own; what comes before it isn't timed."""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from benchmarks.registry import Case
from kapacitet.insight.stress.asked import BATCH as STRESS_BATCH
from kapacitet.insight.stress.asked import pure_agreements
from kapacitet.insight.stress.batches import batches
from kapacitet.insight.stress.run import Gathered
from kapacitet.insight.stress.trial import Task, Trial
from kapacitet.insight.tables import result_tables
from kapacitet.ledger.acceptance.admission import admission
from kapacitet.ledger.acceptance.subscribers import subscribable
from kapacitet.ledger.agreements import HouseAgreement
from kapacitet.ledger.bulk import settle_unit
from kapacitet.ledger.entries import plan_entries
from kapacitet.ledger.schemes import SCHEMES
from kapacitet.ledger.world import World
from kapacitet.planning.allocation import allocate
from kapacitet.planning.arrays import WarmLp, linear_program
from kapacitet.planning.extensive import build_extensive
from kapacitet.planning.optimise import optimise
from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem, build_problem
from kapacitet.planning.solver import solve

SHORT = 10.0
"""Seconds: what takes less is run again."""
RUNS = 3
DECISIONS = "decisions.json"
FUTURES, BATCH = 1000, 50


@dataclass(frozen=True)
class Measure:
    """What a phase took and gave; None where it doesn't apply.

    Attributes:
        seconds: the median of ``runs`` runs.
        peak: largest resident memory of the phase's process in MB, with all it needed beforehand.
        objective, bound: kr.
        entries: amounts settled, entries booked, or buckets of distributions kept.
    """

    phase: str
    seconds: float
    runs: int
    peak: float
    columns: int | None = None
    rows: int | None = None
    objective: float | None = None
    bound: float | None = None
    gap: float | None = None
    ending: str | None = None
    entries: int | None = None


Found = dict[str, object]
Work = Callable[[], Found]


def _load(case: Case, limit: float, folder: Path) -> Work:
    def work() -> Found:
        case.region()
        case.scenario()
        return {}

    return work


def _problem(case: Case, limit: float, folder: Path) -> Work:
    region, scenario = case.region(), case.scenario()

    def work() -> Found:
        build_problem(region, scenario)
        return {}

    return work


def _extensive(strengthen: bool) -> Callable[[Case, float, Path], Work]:
    def prepare(case: Case, limit: float, folder: Path) -> Work:
        problem = _made(case)

        def work() -> Found:
            lp = build_extensive(problem, strengthen=strengthen).model.lp
            return {"columns": lp.numVariables(), "rows": lp.numConstraints()}

        return work

    return prepare


def _relaxed(strengthen: bool) -> Callable[[Case, float, Path], Work]:
    def prepare(case: Case, limit: float, folder: Path) -> Work:
        problem = _made(case)
        extensive = build_extensive(problem, strengthen=strengthen)
        program = linear_program(extensive.model.lp)
        constant = float(extensive.model.lp.objective.constant) if extensive.model.lp.objective else 0.0

        def work() -> Found:
            found = WarmLp(program).solve(program.lower, program.upper)
            assert found is not None
            size = {"columns": len(program.cost), "rows": len(program.row_lower)}
            return size | {"bound": (found.objective + constant) * problem.money_unit}

        return work

    return prepare


def _benders(case: Case, limit: float, folder: Path) -> Work:
    problem = _limited(case, limit)

    def work() -> Found:
        best = optimise(problem, method="benders")
        if best.plan is not None:
            plan = [best.plan.starts, best.plan.closures, best.plan.conversions]
            (folder / DECISIONS).write_text(json.dumps(plan), encoding="utf-8")
        done = best.solved
        return {
            "columns": done.columns,
            "rows": done.rows,
            "objective": done.objective,
            "bound": done.bound,
            "gap": done.gap,
            "ending": done.ending.value,
        }

    return work


def _accepted(case: Case, limit: float, folder: Path) -> Work:
    """The best plan that nobody refuses, every scheme allowed; the parties' judge is made within the time."""
    problem = _limited(case, limit)

    def work() -> Found:
        done = optimise(problem, method="benders", admit=admission(problem)).solved
        return {"objective": done.objective, "bound": done.bound, "gap": done.gap, "ending": done.ending.value}

    return work


def _judged(case: Case, limit: float, folder: Path) -> Work:
    """A plan settled under every agreement the scenario allows, and the best of them picked."""
    problem = _made(case)
    judge, plan = admission(problem), _plan(folder)
    world = judge.worlds.of(plan)

    def work() -> Found:
        judge.jury.judge(world)
        return {}

    return work


def _ledger(case: Case, limit: float, folder: Path) -> Work:
    """Every entry of the plan in one future, in exact fractions and to the øre."""
    problem = _made(case)
    judge, plan = admission(problem), _plan(folder)
    world = judge.worlds.of(plan)
    agreements = judge.jury.judge(world).agreements

    def work() -> Found:
        return {"entries": len(plan_entries(world, agreements))}

    return work


def _settled(case: Case, limit: float, folder: Path) -> Work:
    """The plan's shared offers settled in ``FUTURES`` futures, in floats, new houses under abonnement+takststyring.

    Use in each future is the plan's times a draw per payer, group and year, cut at the places: what settlement costs
    doesn't depend on where use comes from. Futures go in batches, so memory doesn't grow with their number.
    """
    problem = _made(case)
    world = World.of(problem, plan := _plan(folder), allocate(problem, plan))
    scheme = SCHEMES["abonnement+takststyring"]

    def work() -> Found:
        rng, entries = np.random.default_rng(1), 0
        for i, rates in enumerate(world.rates):
            new = i in world.houses
            places = world.subscription_array(i, HouseAgreement(scheme.name, subscribable(world, i))) if new else None
            for _ in range(FUTURES // BATCH):
                use = world.use[i] * rng.uniform(0.5, 1.5, (BATCH, *world.use[i].shape[1:]))
                whole = use.sum(axis=(-2, -1), keepdims=True)
                use *= np.minimum(1.0, rates.places[:, None, None] / np.maximum(whole, 1.0))
                done = settle_unit(world.rules, rates, use, scheme if new else SCHEMES["standard"], places)
                entries += sum(int(np.count_nonzero(part)) for part in (done.now, done.later, done.own))
        return {"entries": entries}

    return work


def _stressed(count: int) -> Callable[[Case, float, Path], Work]:
    """The plan put through ``count`` futures in one process; the peaks of two counts show what it keeps of each."""

    def prepare(case: Case, limit: float, folder: Path) -> Work:
        problem, plan = _made(case), _plan(folder)
        world = World.of(problem, plan, outcome := allocate(problem, plan))
        builds = result_tables(problem, plan, outcome)["builds"]
        futures = problem.scenario.futures.model_copy(update={"count": count})
        scenario = problem.scenario.model_copy(update={"futures": futures})
        task = Task(problem.region, scenario, builds, pure_agreements(world), count)

        def work() -> Found:
            trial, gathered = Trial(task), Gathered()
            for batch in batches(trial, task, STRESS_BATCH, 1, lambda: False, lambda: None):
                gathered.add(batch)
            return {"entries": sum(spread.size for spread in gathered.spreads.values())}

        return work

    return prepare


def _limited(case: Case, limit: float) -> Problem:
    scenario = case.scenario()
    solver = scenario.solver.model_copy(update={"time_limit": limit})
    return build_problem(case.region(), scenario.model_copy(update={"solver": solver}))


def _searched(strengthen: bool) -> Callable[[Case, float, Path], Work]:
    def prepare(case: Case, limit: float, folder: Path) -> Work:
        problem = _made(case)
        lp = build_extensive(problem, strengthen=strengthen).model.lp

        def work() -> Found:
            settings = problem.scenario.solver
            done = solve(lp, gap=settings.gap, time_limit=limit, seed=problem.scenario.futures.seed)
            unit = problem.money_unit
            return {
                "columns": done.columns,
                "rows": done.rows,
                "objective": None if done.objective is None else done.objective * unit,
                "bound": None if done.bound is None or not np.isfinite(done.bound) else done.bound * unit,
                "gap": None if done.gap is None or not np.isfinite(done.gap) else done.gap,
                "ending": done.ending.value,
            }

        return work

    return prepare


def _allocation(case: Case, limit: float, folder: Path) -> Work:
    problem = _made(case)
    plan = _plan(folder)

    def work() -> Found:
        allocate(problem, plan)
        return {}

    return work


def _tables(case: Case, limit: float, folder: Path) -> Work:
    problem = _made(case)
    plan = _plan(folder)
    outcome = allocate(problem, plan)

    def work() -> Found:
        result_tables(problem, plan, outcome)
        return {}

    return work


def _made(case: Case) -> Problem:
    return build_problem(case.region(), case.scenario())


def _plan(folder: Path) -> Plan:
    """The plan that Benders found, loans and planned places apart."""
    starts, closures, conversions = json.loads((folder / DECISIONS).read_text(encoding="utf-8"))
    return Plan(tuple(starts), tuple(closures), tuple(conversions))


PHASES: dict[str, Callable[[Case, float, Path], Work]] = {
    "load": _load,
    "build problem": _problem,
    "build extensive": _extensive(True),
    "build extensive, plain": _extensive(False),
    "relax": _relaxed(True),
    "relax, plain": _relaxed(False),
    "solve Benders": _benders,
    "solve extensive": _searched(True),
    "solve extensive, plain": _searched(False),
    "solve accepted": _accepted,
    "allocation": _allocation,
    "judge": _judged,
    "ledger to the øre": _ledger,
    "settle 1 000 futures": _settled,
    "stress 1 000 futures": _stressed(1_000),
    "stress 10 000 futures": _stressed(10_000),
    "tables": _tables,
}
"""``plain`` is the model without the strengthening rows that whole decisions don't need."""


def measure(case: Case, phase: str, limit: float, folder: Path) -> Measure:
    """Run a phase in this process; short ones ``RUNS`` times."""
    prepared, found = PHASES[phase], dict[str, object]()
    times: list[float] = []
    while not times or (times[0] < SHORT and len(times) < RUNS):
        work = prepared(case, limit, folder)
        began = time.perf_counter()
        found = work()
        times.append(time.perf_counter() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    megabytes = peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return Measure(phase, statistics.median(times), len(times), megabytes, **found)  # type: ignore[arg-type]


def as_json(measured: Measure) -> str:
    """A measure as a line that a parent process can read."""
    return json.dumps(asdict(measured))
