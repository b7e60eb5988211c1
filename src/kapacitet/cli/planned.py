"""What commands about a result's plan share: the region it is about, and the folder they write in."""

from __future__ import annotations

from pathlib import Path

from kapacitet.faults import Fault, FaultyInput, system_message
from kapacitet.insight.result import Result
from kapacitet.region import Region, load_region, shipped_ids, shipped_region


def region_of(result: Result, asked: str | None, folder: Path) -> Region:
    """The region of the plan in ``folder``: as asked, else the one its scenario names.

    A scenario's path is seen from its own file, which the result doesn't know: it is looked for here and beside the
    result.

    Raises:
        FaultyInput: it can't be found, has faults, or is another region.
    """
    over = result.scenario.limits.over_occupancy
    stated = result.scenario.region if asked is None else asked
    homes = (Path(), *(() if asked else (folder.resolve().parent,)))
    found = next((home / stated for home in homes if (home / stated).exists()), None)
    if stated in shipped_ids():
        found = shipped_region(stated)
    if found is None:
        message = "Regionen findes ikke der." if asked else "Planens region findes ikke set herfra."
        mend = "Angiv mappen, regnearket eller id på en medfølgende region med --region."
        raise FaultyInput([Fault(message, mend, column="--region" if asked else "region", value=stated)])
    region = load_region(found, over_occupancy=over)
    if region.id != result.summary["region"]:
        message = f"Det er en anden region, «{region.id}», end planens, «{result.summary['region']}»."
        raise FaultyInput([Fault(message, "Angiv den rette med --region.", column="region", value=stated)])
    return region


def refuse_foreign(folder: Path, marker: str, command: str) -> None:
    """Refuse a file, and a folder with content that ``command`` hasn't written: it has no ``marker``.

    Raises:
        FaultyInput: the reason.
    """
    if folder.exists() and not folder.is_dir():
        fault = Fault("Stien til --out er en fil, ikke en mappe.", "Vælg en ny eller tom mappe.", value=str(folder))
        raise FaultyInput([fault])
    try:
        foreign = folder.is_dir() and any(folder.iterdir()) and not (folder / marker).is_file()
    except OSError as error:
        raise FaultyInput([Fault(system_message(error, folder), value=str(folder))]) from None
    if foreign:
        message = f"Mappen til --out har indhold, der ikke er fra kapacitet {command}, og røres ikke."
        raise FaultyInput([Fault(message, "Vælg en anden mappe.", value=str(folder))])
