"""A scenario is its base and its named changes: the layers from the scenario itself down to its last base."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from kapacitet.faults import Fault, FaultyInput
from kapacitet.region.published import shipped_ids, shipped_region
from kapacitet.scenario.documents import SUFFIXES, Document, read_document
from kapacitet.scenario.presets import preset_path

NOT_INHERITED = ("name", "description", "base")


@dataclass(frozen=True, slots=True)
class Layer:
    """One document of the chain.

    Attributes:
        document: its content as it stands.
        path: its file; None for a document that came from no file.
    """

    document: Document
    path: Path | None

    @property
    def label(self) -> str | None:
        """Name of the file for faults."""
        return self.path.name if self.path else None


def layers_of(top: Layer) -> tuple[Layer, ...]:
    """``top`` and its bases, ``top`` first.

    A base is the id of a preset or a file. A file must lie in the folder of ``top`` or below it (links
    followed), so that a scenario handed over can't read elsewhere on the machine. A document that came from
    no file may only build on presets.

    Raises:
        FaultyInput: a base that can't be found or read, lies outside, or leads back to itself.
    """
    layers = [top]
    home = top.path.resolve().parent if top.path else None
    seen = {top.path.resolve()} if top.path else set()
    while (base := layers[-1].document.get("base")) is not None:
        current = layers[-1]
        if not isinstance(base, str) or not base:
            _refuse("Skal være tekst.", "Skriv id på et scenarie eller en fil.", current)
        path = _base_path(base, current, home)
        if path in seen:
            chain = " → ".join(layer.path.name for layer in layers if layer.path)
            _refuse("Udgangspunktet fører tilbage til scenariet.", f"Ret base i en af: {chain}.", current, base)
        if not path.is_file():
            _refuse("Udgangspunktet findes ikke.", "Ret stien, eller brug id på et scenarie.", current, base)
        seen.add(path)
        layers.append(Layer(read_document(path), path))
    return tuple(layers)


def _base_path(base: str, current: Layer, home: Path | None) -> Path:
    if Path(base).suffix.lower() not in SUFFIXES:
        return preset_path(base, _region_of(current), current.label or "scenarie").resolve()
    if current.path and home and not Path(base).is_absolute() and "\0" not in base:
        path = (current.path.resolve().parent / base).resolve()
        roots = [home, *(shipped_region(name).resolve() for name in shipped_ids())]
        if any(path.is_relative_to(root) for root in roots):
            return path
    mend = "Læg filen i samme mappe eller under den, og skriv stien derfra."
    _refuse("Udgangspunktet ligger uden for scenariets mappe.", mend, current, base)


def _region_of(layer: Layer) -> str | None:
    """The region a document names, else the shipped one it lies in."""
    region = layer.document.get("region")
    if isinstance(region, str):
        return region
    path = layer.path.resolve() if layer.path else None
    homes = (name for name in shipped_ids() if path and path.is_relative_to(shipped_region(name).resolve()))
    return next(homes, None)


def _refuse(message: str, mend: str, layer: Layer, base: str | None = None) -> NoReturn:
    raise FaultyInput([Fault(message, mend, layer.label, column="base", value=base)])


def merged(layers: Sequence[Layer]) -> dict[str, Any]:
    """One document: the last base, changed by each layer up to the first.

    Sections and tables are merged key by key, other values replaced; an empty table under a lever empties it.
    Name and description belong to a scenario alone and are never taken from its base.
    """
    result: dict[str, Any] = {}
    top = layers[0]
    for layer in reversed(layers):
        document = dict(layer.document)
        if layer is not top:
            document = {key: value for key, value in document.items() if key not in NOT_INHERITED}
            if "region" in document:
                document["region"] = _region_seen_from(top, layer)
        result = _changed(result, document, depth=0)
    return result


def _changed(base: Mapping[str, Any], changes: Mapping[str, Any], depth: int) -> dict[str, Any]:
    result = dict(base)
    for key, value in changes.items():
        old = result.get(key)
        empties = depth > 0 and not value
        if isinstance(value, Mapping) and isinstance(old, Mapping) and not empties:
            result[key] = _changed(old, value, depth + 1)
        else:
            result[key] = value
    return result


def _region_seen_from(top: Layer, layer: Layer) -> object:
    """The region of a base, as a path from the folder of ``top`` where it is a folder."""
    region = layer.document["region"]
    if not isinstance(region, str) or region in shipped_ids() or not (top.path and layer.path):
        return region
    return os.path.relpath(layer.path.resolve().parent / region, top.path.resolve().parent)


def holder_of(path: Sequence[str], layers: Sequence[Layer]) -> str | None:
    """Name of the file that holds the key ``path``: the first layer that has it, else the scenario itself."""
    for layer in layers:
        here: object = layer.document
        for part in path:
            if isinstance(here, Mapping) and part in here:
                here = here[part]
            elif isinstance(here, list) and part.isdigit() and int(part) < len(here):
                here = here[int(part)]
            else:
                break
        else:
            return layer.label
    return layers[0].label
