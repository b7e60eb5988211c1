"""The states of a run."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """queued → running (→ cancelling) → one of the ends."""

    QUEUED = "queued"
    RUNNING = "running"
    CANCELLING = "cancelling"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    STOPPED_WITH_PLAN = "stopped_with_plan"

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to the run."""
        return self in ENDS


ENDS = frozenset({State.DONE, State.FAILED, State.CANCELLED, State.STOPPED_WITH_PLAN})
BEGUN = frozenset({State.RUNNING, State.CANCELLING})


class Cancel(StrEnum):
    """How a run was asked to stop: at once, or with the best plan so far as its result."""

    AT_ONCE = "at_once"
    KEEP_PLAN = "keep_plan"
