"""What can be done with regions and their datasets."""

from __future__ import annotations

import importlib.metadata
import threading
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from kapacitet.faults import Fault
from kapacitet.region import TABLES, load_region
from kapacitet.region.model import Region as LoadedRegion
from kapacitet.scenario.check import check_against_region
from kapacitet.scenario.files import scenario_document
from kapacitet.scenario.models import Scenario
from kapacitet_api.access.principal import Principal
from kapacitet_api.blobs import repository as blobs
from kapacitet_api.conditional import tag_of
from kapacitet_api.database import UNREACHABLE, alone
from kapacitet_api.problems import Problem, place
from kapacitet_api.regions import repository, work
from kapacitet_api.regions.hands import Failed, Hands
from kapacitet_api.regions.schemas import Dataset, DatasetBrief, Region, TableBrief
from kapacitet_api.regions.stored import Stored
from kapacitet_api.runs.scratch import scratch
from kapacitet_api.service import Service

COUNTED = ("municipalities", "target_groups", "offers", "candidates", "residents")
KEPT_REGIONS = 4
type Found = sa.Row[Any]
_regions: OrderedDict[str, LoadedRegion] = OrderedDict()
_lock = threading.Lock()


@cache
def program() -> str:
    """The version of the program."""
    return importlib.metadata.version("kapacitet")


def find(connection: sa.Connection, region: str, version: int) -> Found:
    """A dataset's row.

    Raises:
        Problem: there is none.
    """
    row = repository.find_by_number(connection, region, version)
    if row is None:
        raise Problem("not-found", "Regionen har ikke et datasæt med det nummer.")
    return row


def tag(row: Found, *more: object) -> str:
    """The tag of what is answered from a dataset."""
    return tag_of(row.id, row.sha256, program(), *more)


def data_of(service: Service, row: Found) -> bytes:
    """A dataset's zip."""
    with service.database.read() as connection:
        return blobs.get(connection, row.sha256)


def brief(row: Found) -> DatasetBrief:
    """A dataset as lists show it."""
    values = dict(row._mapping) | {"title": row.name}
    return DatasetBrief.model_validate({name: values[name] for name in DatasetBrief.model_fields})


def shown(service: Service, hands: Hands, row: Found, principal: Principal) -> Dataset:
    """A dataset with what is in it; what is wrong names figures, so a reader of one municipality gets the counts."""
    facts = facts_of(service, hands, row)
    bound = principal.own_only
    warnings, faults = ([told(one) for one in facts[name]] for name in ("warnings", "faults"))
    return Dataset(
        **brief(row).model_dump(),
        price_year=facts["price_year"],
        tables=[TableBrief(name=name, title=TABLES[name].title, rows=facts["rows"].get(name, 0)) for name in TABLES],
        outlines=facts["outlines"],
        usable=facts["usable"],
        warnings=[] if bound else warnings,
        warning_count=len(warnings),
        faults=[] if bound else faults,
        fault_count=len(faults),
    )


def told(fault: Mapping[str, Any]) -> Any:
    """A fault from a task as a place in a problem."""
    return place(Fault(**fault))


def region_shown(service: Service, hands: Hands, row: Found, scenarios: int) -> Region:
    """A region as it is answered, by the row of its newest dataset."""
    rows = facts_of(service, hands, row)["rows"]
    return Region(
        id=row.region,
        title=row.name,
        newest=brief(row),
        datasets=row.versions,
        scenarios=scenarios,
        counts={name: rows.get(name, 0) for name in COUNTED},
    )


def facts_of(service: Service, hands: Hands, row: Found) -> Mapping[str, Any]:
    """What this version of the program finds in a dataset; found once, then kept."""
    with service.database.read() as connection:
        known = repository.find_facts(connection, row.id, program())
    if known is not None:
        return known
    facts = _done(service, hands, "facts", {work.REGION: data_of(service, row)})
    with suppress(*UNREACHABLE), service.database.write() as connection:
        alone(connection)
        repository.keep_facts(connection, row.id, program(), facts)
    return facts


def workbook(service: Service, hands: Hands, row: Found) -> bytes:
    """A dataset as a workbook."""
    with scratch() as folder:
        _do(service, hands, "workbook", folder, {work.REGION: data_of(service, row)})
        return (folder / work.WORKBOOK).read_bytes()


def table_csv(service: Service, hands: Hands, row: Found, name: str, municipality: str | None) -> bytes:
    """A table of a dataset as CSV, with the rows of a municipality only if it is given."""
    files = {work.REGION: data_of(service, row)}
    with scratch() as folder:
        _do(service, hands, "table", folder, files, name=name, municipality=municipality)
        return (folder / work.TABLE).read_bytes()


def difference(service: Service, hands: Hands, old: Found, new: Found, **asked: Any) -> dict[str, Any]:
    """What differs between two datasets."""
    files = {work.OLD: data_of(service, old), work.REGION: data_of(service, new)}
    return _done(service, hands, "diff", files, **asked)


def check(service: Service, hands: Hands, row: Found, scenario: Scenario) -> list[Fault]:
    """Faults and warnings of asking a scenario of a dataset."""
    with _lock:
        region = _regions.get(row.sha256)
    data = data_of(service, row) if region is None else b""
    if region is None and not Stored(data).is_small:
        found = _done(service, hands, "check", {work.REGION: data}, scenario=scenario_document(scenario))
        return [Fault(**one) for one in found["faults"]]
    if region is None:
        with scratch() as folder:
            (folder / work.REGION).write_bytes(data)
            region = load_region(folder / work.REGION)
        with _lock:
            _regions[row.sha256] = region
            while len(_regions) > KEPT_REGIONS:
                _regions.popitem(last=False)
    return list(check_against_region(scenario, region))


def _done(service: Service, hands: Hands, task: str, files: Mapping[str, bytes], **asked: Any) -> dict[str, Any]:
    with scratch() as folder:
        return _do(service, hands, task, folder, files, **asked)


def _do(
    service: Service, hands: Hands, task: str, folder: Path, files: Mapping[str, bytes], **asked: Any
) -> dict[str, Any]:
    """The answer of a task: at once if the datasets are small, else from a process."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    if all(Stored(data).is_small for data in files.values()):
        return work.TASKS[task](folder, **asked)
    try:
        return hands.run(task, folder, **asked)
    except Failed:
        raise away() from None


def away() -> Problem:
    """503: a task couldn't be done now."""
    detail = "Datasættet kan ikke læses lige nu. Prøv igen om lidt."
    return Problem("unavailable", detail, headers={"Retry-After": "10"})
