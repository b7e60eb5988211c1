"""The case of ``kapacitet settle``: one botilbud, its use year by year, and what its parties have agreed."""

from kapacitet.ledger.case.model import Case, Future
from kapacitet.ledger.case.reading import load_case, parse_case

__all__ = ["Case", "Future", "load_case", "parse_case"]
