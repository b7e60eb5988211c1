"""One limit relaxed by a planner's step."""

from __future__ import annotations

from dataclasses import dataclass

from kapacitet.insight.many import Job


@dataclass(frozen=True, kw_only=True)
class Step:
    """One limit relaxed.

    Attributes:
        limit: the limit in a planner's words.
        relaxed: by how much it is, in words; ``amount`` and ``unit`` as figures.
        candidate: what there would be room for, where that is the question.
    """

    key: str
    family: str
    limit: str
    relaxed: str
    amount: float
    unit: str
    job: Job
    party: str | None = None
    year: int | None = None
    candidate: str | None = None
