"""Many problems solved side by side, each in a process of its own."""

from kapacitet.insight.many.decisions import Decision, decisions_of, plan_in
from kapacitet.insight.many.job import Answer, Failure, Job, Outcome
from kapacitet.insight.many.pool import run_many
from kapacitet.insight.many.work import work

__all__ = ["Answer", "Decision", "Failure", "Job", "Outcome", "decisions_of", "plan_in", "run_many", "work"]
