"""Result: one answered scenario, as tables and a summary; Conflict: why there is no answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kapacitet.region.danish import danish
from kapacitet.scenario.models import Scenario


@dataclass(frozen=True)
class Result:
    """A plan and everything said about it.

    Attributes:
        summary: the content of ``result.json``.
        scenario: the scenario answered, base and changes merged.
        tables: result tables by name; money in kr. of the price year, place-years, minutes one way.
    """

    summary: Mapping[str, Any]
    scenario: Scenario
    tables: Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Relaxation:
    """One requirement of a contradiction.

    Attributes:
        contradiction: number of the contradiction it is part of, from 1.
        sentence: the requirement in a planner's words.
        tag: lov, aftale or politik.
        amount: how much it must give to mend this contradiction while all others of it hold; None if it can't
            alone.
        unit: what the amount is counted in.
    """

    contradiction: int
    sentence: str
    family: str
    tag: str
    amount: float | None
    unit: str

    def text(self) -> str:
        """Requirement, tag and what to relax, in one Danish sentence."""
        if self.family == "projects" and self.amount is not None:
            return f"{self.sentence} ({self.tag}); fjern kravet"
        if self.amount is None:
            return f"{self.sentence} ({self.tag}); det er ikke nok at lempe dette krav alene"
        return f"{self.sentence} ({self.tag}); lemp med mindst {danish(self.amount, 2)} {self.unit}".rstrip()


@dataclass(frozen=True)
class Conflict:
    """Requirements that can't all hold: contradictions that share none, each irreducible."""

    scenario: Scenario
    requirements: tuple[Relaxation, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoPlan:
    """The search was stopped before any plan was found; nothing is proven.

    Attributes:
        refusals: why the plan that came nearest to being accepted is refused, in Danish sentences.
    """

    scenario: Scenario
    seconds: float
    refusals: tuple[str, ...] = ()
