"""Scenario files: loading with their base, saving, and the region they name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kapacitet.faults import FaultyInput
from kapacitet.region.published import shipped_ids, shipped_region
from kapacitet.scenario.documents import SUFFIXES, Document, document_text, read_document
from kapacitet.scenario.layers import Layer, holder_of, layers_of, merged
from kapacitet.scenario.messages import scenario_faults
from kapacitet.scenario.models import Scenario
from kapacitet.scenario.presets import preset_path


def scenario_file(path_or_preset: Path | str, region_id: str | None = None) -> Path:
    """The file meant: a path ending in .toml or .json, else the id of a preset.

    Raises:
        FaultyInput: no such preset.
    """
    path = Path(path_or_preset)
    return path if path.suffix.lower() in SUFFIXES else preset_path(str(path_or_preset), region_id)


def load_scenario(path_or_preset: Path | str, region_id: str | None = None) -> Scenario:
    """A scenario from a TOML or JSON file, or a preset by its id, with its base merged in.

    Args:
        path_or_preset: a file ending in .toml or .json, or the id of a preset of a shipped region.
        region_id: the shipped region whose preset is meant, where several have one by that id.

    Raises:
        FaultyInput: every fault in Danish; of a malformed file the line.
    """
    path = scenario_file(path_or_preset, region_id)
    return _scenario(Layer(read_document(path), path))


def parse_scenario(document: Document) -> Scenario:
    """A scenario from a document that came from no file (a request); its base can only be a preset.

    Raises:
        FaultyInput: every fault in Danish.
    """
    return _scenario(Layer(document, None))


def _scenario(top: Layer) -> Scenario:
    layers = layers_of(top)
    try:
        return Scenario.model_validate(merged(layers))
    except ValidationError as error:
        faults = scenario_faults(error, lambda path: holder_of(path, layers))
        raise FaultyInput(faults) from None


def scenario_document(scenario: Scenario) -> dict[str, Any]:
    """``scenario`` as plain values with every key but ``base``: what the base gave is among them."""
    return {key: value for key, value in scenario.model_dump(mode="json").items() if key != "base"}


def save_scenario(scenario: Scenario, path: Path) -> None:
    """Write ``scenario`` with every key to a TOML or JSON file that stands alone.

    Loading it gives the same scenario with ``base`` empty: it must be reproducible after its base changed.

    Raises:
        ValueError: the path ends in neither .toml nor .json.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise ValueError(f"a scenario file ends in .toml or .json, not {path.suffix!r}")
    path.write_text(document_text(scenario_document(scenario), path.suffix), encoding="utf-8", newline="\n")


def resolve_region(scenario: Scenario, scenario_path: Path | None = None) -> Path:
    """Where the region of ``scenario`` lies: a shipped region by id, else a path from the scenario's file.

    Args:
        scenario_path: the scenario's file; without one only shipped regions can be meant.

    Raises:
        FaultyInput: no such region (nearest suggestion).
    """
    if scenario_path is not None and scenario.region not in shipped_ids():
        path = scenario_path.resolve().parent / scenario.region
        if path.exists():
            return path
    return shipped_region(scenario.region)
