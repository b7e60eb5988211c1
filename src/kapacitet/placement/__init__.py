"""Placement of a fixed plan: whole persons, year by year, who lives where, with continuity first."""

from kapacitet.placement.place import place
from kapacitet.placement.result import Placement

__all__ = ["Placement", "place"]
