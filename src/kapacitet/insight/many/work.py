"""One job done in this process."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kapacitet.faults import Fault, FaultyInput
from kapacitet.insight.kpis import key_figures
from kapacitet.insight.many.decisions import Decision, decisions_of, plan_in
from kapacitet.insight.many.job import PROJECTION, Answer, Failure, Job, Outcome
from kapacitet.insight.many.known import KnownFuture, known
from kapacitet.insight.run import asks_consent
from kapacitet.insight.tables import result_tables
from kapacitet.ledger.acceptance.admission import admission
from kapacitet.planning.allocation import allocate
from kapacitet.planning.benders.stage import Stage
from kapacitet.planning.completion import Completion
from kapacitet.planning.exclusions import Admit
from kapacitet.planning.optimise import optimise
from kapacitet.planning.plan import Plan
from kapacitet.planning.problem import Problem, build_problem
from kapacitet.planning.solver import Ending, Progress, SolverFault, relative_gap
from kapacitet.region import load_region
from kapacitet.scenario.check import check_against_region
from kapacitet.scenario.models import Scenario

Stop = Callable[[], bool]


def never() -> bool:
    """Nobody wants it to stop."""
    return False


def work(job: Job, stop: Stop = never) -> Outcome:
    """Do ``job``: search, or price the plan it names. Faults of its input are told in the answer."""
    began = time.perf_counter()
    try:
        problem = _problem(job)
        judge = admission(problem) if asks_consent(job.scenario) else None
        if job.fixed:
            return _priced(job, problem, judge, began)
        return _searched(job, problem, judge, stop, began)
    except FaultyInput as faulty:
        return Failure(faulty.faults)
    except SolverFault as fault:
        return Failure((Fault(str(fault), table="scenarie", column="solver.name"),))


def _problem(job: Job) -> Problem:
    scenario = job.scenario
    region = job.region
    if isinstance(region, Path):
        region = load_region(region, over_occupancy=scenario.limits.over_occupancy)
    faults = [fault for fault in check_against_region(scenario, region) if fault.severity == "fejl"]
    if faults:
        raise FaultyInput(faults)
    if job.future == PROJECTION:
        alone = scenario.futures.model_copy(update={"count": 1, "source": "draw", "reduce_to": 0})
        return build_problem(region, scenario.model_copy(update={"futures": alone}))
    problem = build_problem(region, scenario)
    return problem if job.future is None else known(problem, job.future)


def _searched(job: Job, problem: Problem, judge: Admit | None, stop: Stop, began: float) -> Outcome:
    decided, proven = False, -math.inf
    shared = problem.shared_cost if isinstance(problem, KnownFuture) else 0.0
    ceiling = None if job.ceiling is None else job.ceiling - shared

    def watch(event: Progress) -> None:
        nonlocal decided, proven
        proven = max(proven, event.bound) if math.isfinite(event.bound) else proven
        decided = decided or (ceiling is not None and (event.objective <= ceiling or event.bound > ceiling))

    start = None if job.start is None else plan_in(problem, job.start)
    known_plans = () if start is None else (start.decisions,)
    found = optimise(problem, stop=lambda: decided or stop(), progress=watch, admit=judge, starts=known_plans)
    cost, plan = found.solved.objective, found.plan
    if start is not None and (cost is None or found.solved.ending is not Ending.OPTIMAL):
        told = price(problem, start, judge)
        if told is not None and (cost is None or told < cost):
            cost, plan = told, start
    known_bounds = [bound for bound in (found.solved.bound, proven) if bound is not None and math.isfinite(bound)]
    bound = max(known_bounds, default=None)
    if cost is None or plan is None:
        return Answer(
            found.solved.ending,
            None,
            None if bound is None else bound + shared,
            None,
            time.perf_counter() - began,
        )
    if job.priced_as is not None:
        cost = _cost_in(job, job.priced_as, decisions_of(problem, plan), cost)
    bound = None if bound is None else min(bound, cost)
    ending = found.solved.ending if found.plan is not None else Ending.STOPPED_WITH_PLAN
    return Answer(
        ending,
        cost + shared,
        None if bound is None else bound + shared,
        relative_gap(cost + shared, None if bound is None else bound + shared),
        time.perf_counter() - began,
        decisions_of(problem, plan),
        _figures(problem, plan) if job.figures else {},
    )


def _cost_in(job: Job, scenario: Scenario, decisions: tuple[Decision, ...], otherwise: float) -> float:
    """What a plan costs in another scenario of the job's region."""
    there = _problem(replace(job, scenario=scenario))
    plan = plan_in(there, decisions)
    cost = None if plan is None else price(there, plan)
    return otherwise if cost is None else cost


def _priced(job: Job, problem: Problem, judge: Admit | None, began: float) -> Outcome:
    assert job.start is not None
    plan = plan_in(problem, job.start)
    cost = None if plan is None else price(problem, plan, judge)
    if plan is None or cost is None:
        return Answer(Ending.INFEASIBLE, None, None, None, time.perf_counter() - began)
    cost += problem.shared_cost if isinstance(problem, KnownFuture) else 0.0
    return Answer(
        Ending.OPTIMAL,
        cost,
        cost,
        0.0,
        time.perf_counter() - began,
        decisions_of(problem, plan),
        _figures(problem, plan) if job.figures else {},
    )


def price(problem: Problem, plan: Plan, judge: Admit | None = None) -> float | None:
    """(1 − λ)·E + λ·CVaR of a plan's discounted cost (kr.), everybody placed at least cost in every future.

    None where it breaks a limit, or ``judge`` refuses it.
    """
    completed = Completion(problem).complete(*plan.decisions)
    if completed is None or (judge is not None and judge(completed.plan)):
        return None
    stage = Stage.of(problem)
    state = {key: value for key, value in completed.plan.state(problem).items() if value}
    return completed.cost + stage.value(stage.price(state)) * problem.money_unit


def _figures(problem: Problem, plan: Plan) -> dict[str, float]:
    completed = Completion(problem).complete(*plan.decisions)
    assert completed is not None
    return key_figures(problem, result_tables(problem, completed.plan, allocate(problem, completed.plan)))
