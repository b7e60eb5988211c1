"""``kapacitet schema``, ``diff`` and ``presets``: what a scenario can say, and what scenarios there are."""

from __future__ import annotations

from kapacitet.cli import statuses
from kapacitet.report.document import Bullets, Heading, Paragraph, grid
from kapacitet.report.terminal import console, show
from kapacitet.scenario.diff import diff as changes_between
from kapacitet.scenario.files import load_scenario
from kapacitet.scenario.presets import list_presets
from kapacitet.scenario.schema import schema_text


def schema() -> int:
    """Print the JSON Schema of a scenario."""
    print(schema_text(), end="")
    return statuses.PLAN


def diff(first: str, second: str) -> int:
    """Print what differs from the first scenario to the second.

    Raises:
        FaultyInput: a scenario can't be read.
    """
    old, new = load_scenario(first), load_scenario(second)
    changes = changes_between(old, new)
    if changes:
        told = Bullets(tuple(change.text() for change in changes))
        show([Heading(f"Fra «{old.name}» til «{new.name}»", 1), told], console())
    else:
        show([Paragraph("Scenarierne er ens.")], console())
    return statuses.PLAN


def presets(region_id: str) -> int:
    """Print the scenarios that ship with a region.

    Raises:
        FaultyInput: no such region.
    """
    rows = [[preset.id, preset.name, preset.description] for preset in list_presets(region_id)]
    show([grid(["Id", "Navn", "Hvad det viser"], rows, left=3)], console())
    return statuses.PLAN
