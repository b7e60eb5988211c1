"""Exit statuses: the contract of the command line."""

from __future__ import annotations

PLAN = 0
UNEXPECTED = 1
FAULTY = 2
CONTRADICTION = 3
NO_PLAN = 4
INTERRUPTED = 130
