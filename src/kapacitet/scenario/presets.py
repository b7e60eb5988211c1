"""Preset scenarios: those that lie with a shipped region."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kapacitet.faults import Fault, FaultyInput
from kapacitet.region.published import shipped_ids, shipped_region
from kapacitet.scenario.documents import read_document
from kapacitet.scenario.suggest import suggestion


@dataclass(frozen=True, slots=True)
class Preset:
    """A scenario that ships with a region.

    Attributes:
        id: name of its file without ending; used as ``base`` and on the command line.
        region: id of the region.
        name, description: Danish, as the file says.
        path: the file.
    """

    id: str
    region: str
    name: str
    description: str
    path: Path


def list_presets(region_id: str) -> tuple[Preset, ...]:
    """The presets of a shipped region, by id; none if it has no scenarios.

    Raises:
        FaultyInput: no such region ships, or a preset can't be read.
    """
    presets = []
    for path in sorted((shipped_region(region_id) / "scenarios").glob("*.toml")):
        document = read_document(path)
        name, description = (str(document.get(key, "")) for key in ("name", "description"))
        presets.append(Preset(path.stem, region_id, name or path.stem, description, path))
    return tuple(presets)


def preset_path(preset_id: str, region_id: str | None = None, named_in: str | None = None) -> Path:
    """The file of a preset, of ``region_id`` if given, else of the one shipped region that has it.

    Args:
        named_in: the file that names the preset as its base, for the fault.

    Raises:
        FaultyInput: no such preset (nearest suggestion), or several regions have one.
    """
    ids = shipped_ids()
    folders = [shipped_region(name) for name in ([region_id] if region_id in ids else ids)]
    presets = [path for folder in folders for path in sorted((folder / "scenarios").glob("*.toml"))]
    found = [path for path in presets if path.stem == preset_id]
    if len(found) == 1:
        return found[0]
    if found:
        message = "Flere regioner har et scenarie med det id."
        regions = " og ".join(f"«{path.parent.parent.name}»" for path in found)
        mend = f"Angiv regionen; scenariet findes i {regions}."
    else:
        message = "Der følger intet scenarie med det id."
        near = suggestion(preset_id, (path.stem for path in presets))
        mend = f"{near} En fil skal nævnes med endelsen .toml eller .json.".strip()
    raise FaultyInput([Fault(message, mend, named_in, column="base" if named_in else None, value=preset_id)])
