"""Levers that were moved from their default without a source: the planner's assumptions, named in every output."""

from __future__ import annotations

from kapacitet.insight.result import Result
from kapacitet.report.document import Bullets, Paragraph
from kapacitet.scenario.catalogue import catalogue, value_of
from kapacitet.scenario.fields import ASSUMPTION
from kapacitet.scenario.wording import worded

NO_ASSUMPTION = ("solver.", "horizon.", "name", "description", "base", "region")
"""Keys that say how the plan is sought, for which years, or what it is called, not what it rests on."""


def assumptions(result: Result) -> Bullets | Paragraph:
    """Each lever that differs from its default and has no source for its value."""
    moved = []
    for key, info in catalogue().items():
        value = value_of(result.scenario, key)
        if key.startswith(NO_ASSUMPTION) or value == info.default or info.source_of(value) != ASSUMPTION:
            continue
        moved.append(
            f"{info.title}: {worded(value, info.unit)} ({ASSUMPTION}; ellers {worded(info.default, info.unit)})."
        )
    if not moved:
        return Paragraph(
            "Alle håndtag står på deres standard eller har en kilde. "
            "Standarder uden kilde er planlæggerens antagelser."
        )
    return Bullets(tuple(moved))
