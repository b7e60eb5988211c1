"""The process that makes a payload: protecting small numbers takes seconds, and must not hold up requests.

Its folder holds ``region.zip``, ``result.zip``, what was published before as ``0.result.zip``, ``0.region.zip`` and
``0.json`` and so on, the oldest first, and ``told.json``, members of the payload that are known already. It writes
``payload.json``, or ``faults.json``.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from kapacitet.faults import FaultyInput
from kapacitet.insight.result import Result
from kapacitet.insight.store import read_result
from kapacitet.region import Region, load_region
from kapacitet.report.dashboard import Counts, Earlier, counts_of, payload, protected, shown_in
from kapacitet_api.archive import unpacked
from kapacitet_api.confinement import confine
from kapacitet_api.dashboard.schemas import Summary

REGION, RESULT, TOLD, PAYLOAD, FAULTS = "region.zip", "result.zip", "told.json", "payload.json", "faults.json"


def main(folder: Path) -> None:
    """Make the payload of what lies in ``folder``."""
    try:
        content = make(folder)
    except FaultyInput as error:
        (folder / FAULTS).write_text(json.dumps([fault.text() for fault in error.faults]), encoding="utf-8")
        return
    (folder / PAYLOAD).write_bytes(content)


def make(folder: Path) -> bytes:
    """The payload, the same bytes for the same content.

    Raises:
        FaultyInput: it can't be protected, or something can't be read.
    """
    result, region, counts = _read(folder, "")
    earlier = []
    for number in range(len(list(folder.glob("[0-9]*.json")))):
        before: dict[str, Any] = json.loads((folder / f"{number}.json").read_text(encoding="utf-8"))
        earlier.append(Earlier(_read(folder, f"{number}.")[2], shown_in(before)))
    told = json.loads((folder / TOLD).read_text(encoding="utf-8"))
    answer = Summary.model_validate({**payload(result, region, counts, protected(counts, earlier)), **told})
    return answer.model_dump_json().encode()


def _read(folder: Path, prefix: str) -> tuple[Result, Region, Counts]:
    inner = folder / f"{prefix}folder"
    inner.mkdir()
    result = read_result(unpacked((folder / f"{prefix}{RESULT}").read_bytes(), inner))
    region = load_region(folder / f"{prefix}{REGION}", over_occupancy=result.scenario.limits.over_occupancy)
    return result, region, counts_of(result, region)


if __name__ == "__main__":
    confine(int(sys.argv[2]), int(sys.argv[3]))
    main(Path(sys.argv[1]))
    os._exit(0)
