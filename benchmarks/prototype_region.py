"""The region of a prototype of the decomposition, written as a region of ours: the same numbers, the same optimum.

The prototype counts in mio. kr.; its region is made by its own functions ``region`` and ``futures``, which are read
from the file given. What it does is put so:

- service 2 mio. a place-year and 0.004 mio. a unit of distance: V and minutes;
- 3.5 mio. for whoever isn't placed: the price of purchase, of which there is enough;
- a candidate started in year t costs (T − t)·f, f its capital charge and running cost, and has places two years
  later: (T − t − 2)·f is F while open, 2·f the one-off approval cost;
- a municipality's yearly frame is its anlægsramme, drawn in the year of the start.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from dataclasses import replace
from types import ModuleType
from typing import Any

import numpy as np

from benchmarks.solving import timed
from kapacitet.planning.futures import Future
from kapacitet.planning.problem import Problem, build_problem
from kapacitet.planning.sparse_rows import SparseRows
from kapacitet.region.loading import region_from_tables
from kapacitet.scenario.models import Scenario

FIRST = 2026
MILLION = 1e6
LEAD = 2
LIFE = 30
PER_PLACE, RUNNING = 1.8, 0.35
SERVICE, DISTANCE, UNPLACED = 2.0, 0.004, 3.5
FRAME, FRAME_PER_TEN_THOUSAND = 30.0, 1.5
NOWHERE = {"latitude": 0.0, "longitude": 0.0}


def prototype(path: str) -> ModuleType:
    """The module at ``path``."""
    spec = importlib.util.spec_from_file_location("prototype", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def region_problem(path: str, count: int) -> Problem:
    """The prototype's region in its own ``count`` futures."""
    module = prototype(path)
    data = module.region()
    demand: np.ndarray = module.futures(data["dem"], count)  # (S, I, G, T)
    region = region_from_tables("prototype", FIRST, _tables(data), source="Prototypen", evidence="illustrativ")
    problem = build_problem(region, _scenario(data["T"]))
    K, C, T, A, U = data["I"], len(problem.cells), data["T"], len(problem.arcs), len(problem.units)
    lasting = [c for c, cell in enumerate(problem.cells) if cell.term == "langvarig"]
    nobody, none = np.zeros(0, dtype=np.int64), np.zeros((K, C, T))

    def future(need: np.ndarray) -> Future:
        whole = none.copy()
        whole[:, lasting] = need
        return Future(
            1 / count,
            whole,
            SparseRows(nobody, np.zeros((0, T)), A),
            none,
            SparseRows(nobody, np.zeros((0, C, T)), U),
        )

    return replace(problem, futures=tuple(future(need) for need in demand.astype(np.float64)))


def solve_ours(path: str, count: int, gap: float, limit: float) -> dict[str, Any]:
    """Task: our search on the prototype's region."""
    return timed(lambda: region_problem(path, count), gap, limit)


def solve_theirs(path: str, count: int, method: str) -> dict[str, Any]:
    """Task: the prototype itself, in a process of its own; ``seconds`` is the time it states for solving."""
    done = subprocess.run([sys.executable, path, method, str(count)], stdout=subprocess.PIPE, text=True, check=True)
    told = re.search(r"objective (\S+) bound (\S+) recourse LPs (\S+) seconds (\S+)", done.stdout)
    assert told is not None, done.stdout
    objective, bound, programs, seconds = (float(x) for x in told.groups())
    return {
        "objective": objective * MILLION,
        "bound": bound * MILLION,
        "gap": (objective - bound) / objective,
        "programs": programs,
        "seconds": seconds,
    }


def _scenario(years: int) -> Scenario:
    return Scenario.model_validate(
        {
            "name": "Prototypens region",
            "region": "prototype",
            "horizon": {"first": FIRST, "last": FIRST + years - 1},
            "costs": {
                "discount_rate": 0.0,
                "travel_cost_per_minute": DISTANCE * MILLION,
                "unmet_penalty": UNPLACED * MILLION,
                "capital_rate": 0.0,
                "capital_life": LIFE,
            },
            "levers": {"private_price_growth": 0.0},
        }
    )


def _tables(data: dict[str, Any]) -> dict[str, list[dict[str, object]]]:
    codes = [f"{k + 101}" for k in range(data["I"])]
    groups = [f"g{g:02d}" for g in range(data["G"])]
    years = range(FIRST, FIRST + data["T"])
    offers = [f"o{o:04d}" for o in range(data["O"])]
    sites = [f"s{j:04d}" for j in range(data["J"])]
    home = data["d"].argmin(axis=0)

    def place(identity: str, code: str, group: str, places: float) -> dict[str, object]:
        return {
            "id": identity,
            "name": identity,
            "municipality": code,
            "owner_type": "kommune",
            "owner": code,
            "legal_basis": "sel108",
            "target_groups": group,
            "places": int(places),
            "variable_cost": SERVICE * MILLION,
            "budgeted_occupancy": 1.0,
        }

    def offer(o: int) -> dict[str, object]:
        fitting = place(offers[o], codes[home[o]], groups[data["grp"][o]], data["cap"][o])
        return fitting | {"fixed_cost": 0.0, "in_rammeaftale": True, "as_of": f"{FIRST}-01-01"}

    def candidate(j: int) -> dict[str, object]:
        size = float(data["csize"][j])
        built = PER_PLACE * size * MILLION
        running = RUNNING * size * MILLION
        return place(sites[j], codes[data["cloc"][j]], groups[data["cgrp"][j]], size) | {
            "project": sites[j],
            "construction_cost": built,
            "spend_profile": "1",
            "lead_time": LEAD,
            "earliest": FIRST,
            "latest": years[-1] - LEAD,
            "fixed_cost": running,
            "approval_cost": LEAD * (built / LIFE + running),
        }

    return {
        "municipalities": [
            {"code": code, "name": f"Kommune {k}", "population": round(pop), "seat": f"By {k}", **NOWHERE}
            for k, (code, pop) in enumerate(zip(codes, data["pop"], strict=True))
        ],
        "target_groups": [
            {"id": g, "name": g, "support_step": 0.5, "attrition": 0.0, "temporary_share": 0.0, "complex": False}
            for g in groups
        ],
        "demand": [
            {"municipality": code, "target_group": group, "year": year, "low": d, "central": d, "high": d}
            for k, code in enumerate(codes)
            for g, group in enumerate(groups)
            for year, d in zip(years, data["dem"][k, g].tolist(), strict=True)
        ],
        "offers": [offer(o) for o in range(data["O"])],
        "candidates": [candidate(j) for j in range(data["J"])],
        "anlaegsramme": [
            {"municipality": code, "year": year, "amount": (FRAME + pop / 1e4 * FRAME_PER_TEN_THOUSAND) * MILLION}
            for code, pop in zip(codes, data["pop"], strict=True)
            for year in years
        ],
        "purchase_prices": [{"target_group": g, "year": FIRST, "price": UNPLACED * MILLION} for g in groups],
        "travel_times": [
            {"municipality": code, "offer_or_candidate": identity, "minutes": float(data["d"][k, i])}
            for k, code in enumerate(codes)
            for i, identity in enumerate([*offers, *sites])
        ],
    }
