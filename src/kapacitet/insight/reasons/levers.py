"""What each changed lever does, from the scenario it is built on to the plan's own."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
from pydantic import ValidationError

from kapacitet.faults import Fault, FaultyInput
from kapacitet.insight.many import Job
from kapacitet.insight.reasons.ground import Ground
from kapacitet.insight.reasons.section import Section, Told
from kapacitet.scenario.catalogue import catalogue, value_of
from kapacitet.scenario.check import check_against_region
from kapacitet.scenario.diff import diff
from kapacitet.scenario.files import scenario_document
from kapacitet.scenario.models import Scenario

MOST_SHAPLEY = 6
NOT_LEVERS = ("name", "description", "base", "region", "solver")
COLUMNS = ["step", "lever", "change", "forward", "forward_low", "forward_high", "backward", "average", "shapley"]
Subset = frozenset[int]


@dataclass(frozen=True)
class Levers:
    """What differs between two scenarios, as parts that can be changed one at a time.

    Attributes:
        base, goal: the scenarios; the solver's settings are those of the goal.
        groups: keys of the catalogue that change together, in the order of the contract.
    """

    base: Scenario
    goal: Scenario
    groups: tuple[tuple[str, ...], ...]

    def partly(self, subset: Subset) -> Scenario:
        """The base with some groups changed.

        Raises:
            ValidationError: those alone contradict what the base says.
        """
        document = scenario_document(self.base)
        document["solver"] = scenario_document(self.goal)["solver"]
        wanted = scenario_document(self.goal)
        for i in subset:
            for key in self.groups[i]:
                section, _, name = key.partition(".")
                document[section][name] = wanted[section][name]
        return Scenario.model_validate(document)

    @cached_property
    def every(self) -> Subset:
        """All groups."""
        return frozenset(range(len(self.groups)))

    def titles(self) -> list[str]:
        """Each group's changes in Danish."""
        changes = diff(self.base, self.goal)
        return [
            " ".join(c.text() for c in changes if any(c.key == key or c.key.startswith(f"{key}.") for key in group))
            for group in self.groups
        ]


def changed_keys(base: Scenario, goal: Scenario) -> tuple[str, ...]:
    """Keys of the catalogue whose values differ, in the order of the contract; how it is solved doesn't count."""
    return tuple(
        key
        for key in catalogue()
        if key.split(".")[0] not in NOT_LEVERS and value_of(base, key) != value_of(goal, key)
    )


def levers(ground: Ground, base: Scenario, *, shapley: bool = False) -> Section:
    """The change of the plan's cost attributed to each lever; each column of effects sums to the whole change.

    ``forward`` changes the levers in the order of the contract, ``backward`` in the reverse order, ``average`` is
    the mean of both: where they differ, levers work together. ``shapley`` is the mean over every order.

    Raises:
        FaultyInput: Shapley values of more than ``MOST_SHAPLEY`` levers.
    """
    parts = _divided(ground, base)
    if shapley and len(parts.groups) > MOST_SHAPLEY:
        message = f"Gennemsnittet over alle rækkefølger kan højst beregnes for {MOST_SHAPLEY} håndtag."
        raise FaultyInput([Fault(message, "Udelad --shapley.", value=str(len(parts.groups)))])
    wanted = dict.fromkeys(_asked(parts, shapley=shapley))
    told = yield {_key(s): _job(ground, parts, s) for s in wanted}
    return {"reasons_levers": _table(ground, parts, told, shapley=shapley)}


def _divided(ground: Ground, base: Scenario) -> Levers:
    """Levers one by one, where every scenario on the way makes sense; else section by section, else all at once."""
    keys = changed_keys(base, ground.scenario)
    by_section = tuple(tuple(group) for _, group in itertools.groupby(keys, key=lambda key: key.split(".")[0]))
    for groups in (tuple((key,) for key in keys), by_section, (keys,) if keys else ()):
        parts = Levers(base, ground.scenario, groups)
        if all(_sound(ground, parts, subset) for subset in _asked(parts, shapley=False)):
            return parts
    return parts


def _sound(ground: Ground, parts: Levers, subset: Subset) -> bool:
    try:
        faults = check_against_region(parts.partly(subset), ground.region)
    except ValidationError:
        return False
    return not any(fault.severity == "fejl" for fault in faults)


def _asked(parts: Levers, *, shapley: bool) -> Iterator[Subset]:
    """Subsets of levers whose optimum is needed; all of them together is the plan itself."""
    n = len(parts.groups)
    for i in range(n):
        yield frozenset(range(i))
        yield frozenset(range(n - i, n))
    if shapley:
        for size in range(n):
            yield from (frozenset(each) for each in itertools.combinations(range(n), size))


def _key(subset: Subset) -> str:
    return f"haandtag:{','.join(str(i) for i in sorted(subset))}"


def _job(ground: Ground, parts: Levers, subset: Subset) -> Job:
    label = "uden ændringer" if not subset else f"{len(subset)} af {len(parts.groups)} håndtag ændret"
    return ground.job(label, scenario=parts.partly(subset))


def _table(ground: Ground, parts: Levers, told: Told, *, shapley: bool) -> pd.DataFrame:
    n = len(parts.groups)

    def cost(subset: Subset) -> float:
        return ground.best if subset == parts.every else _of(told, subset, "most")

    def least(subset: Subset) -> float:
        return ground.least if subset == parts.every else _of(told, subset, "least")

    rows = []
    for i, title in enumerate(parts.titles()):
        before, after = frozenset(range(i)), frozenset(range(i + 1))
        rest, whole = frozenset(range(i + 1, n)), frozenset(range(i, n))
        forward, backward = cost(after) - cost(before), cost(whole) - cost(rest)
        rows.append(
            {
                "step": i + 1,
                "lever": ";".join(parts.groups[i]),
                "change": title,
                "forward": forward,
                "forward_low": least(after) - cost(before),
                "forward_high": cost(after) - least(before),
                "backward": backward,
                "average": (forward + backward) / 2,
                "shapley": _shapley(i, n, cost) if shapley else math.nan,
            }
        )
    return pd.DataFrame(rows, columns=COLUMNS)


def _of(told: Told, subset: Subset, what: str) -> float:
    answer = told.get(_key(subset))
    value = math.nan if answer is None else float(getattr(answer, what))
    return value if math.isfinite(value) else math.nan


def _shapley(i: int, n: int, cost: Callable[[Subset], float]) -> float:
    """Σ_{S without i} |S|!(n − |S| − 1)!/n! · (cost(S and i) − cost(S))  (Shapley 1953)."""
    others: Sequence[int] = [j for j in range(n) if j != i]
    total = 0.0
    for size in range(n):
        weight = math.factorial(size) * math.factorial(n - size - 1) / math.factorial(n)
        for each in itertools.combinations(others, size):
            subset = frozenset(each)
            total += weight * (cost(subset | {i}) - cost(subset))
    return total
