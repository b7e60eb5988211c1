"""The presets that ship: each loads, and fits the region it ships with."""

from __future__ import annotations

import pytest

from kapacitet.region import Region, load_region, shipped_ids, shipped_region
from kapacitet.scenario.check import check_against_region
from kapacitet.scenario.files import load_scenario, resolve_region
from kapacitet.scenario.presets import Preset, list_presets

PRESETS = [preset for region in shipped_ids() for preset in list_presets(region)]
REGIONS: dict[str, Region] = {}


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.id)
def test_preset_fits_its_region(preset: Preset) -> None:
    region = REGIONS.setdefault(preset.region, load_region(shipped_region(preset.region)))

    scenario = load_scenario(preset.id, preset.region)

    assert check_against_region(scenario, region) == ()
    assert resolve_region(scenario, preset.path) == shipped_region(preset.region)
    assert preset.name == scenario.name and scenario.description
