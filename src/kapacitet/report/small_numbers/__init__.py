"""Small numbers: counts that could point to a person are hidden in what is published, and cannot be computed."""

from kapacitet.report.small_numbers.counts import Rule, request
from kapacitet.report.small_numbers.frames import long_table, protect, public_frame
from kapacitet.report.small_numbers.protected import Protected, Reason
from kapacitet.report.small_numbers.request import Effort, Levels, Request
from kapacitet.report.small_numbers.suppress import protect_counts, suppress
from kapacitet.report.small_numbers.table import Cell, Relation, Table, total
from kapacitet.report.small_numbers.words import HIDDEN, TOTAL, footnote

__all__ = [
    "HIDDEN",
    "TOTAL",
    "Cell",
    "Effort",
    "Levels",
    "Protected",
    "Reason",
    "Relation",
    "Request",
    "Rule",
    "Table",
    "footnote",
    "long_table",
    "protect",
    "protect_counts",
    "public_frame",
    "request",
    "suppress",
    "total",
]
