"""The need built from the population: d[k,g,t] = Σ_ages persons[k,age,t] · rate[g,age]."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pandas as pd

from kapacitet.faults import Fault, FaultyInput
from kapacitet.region.model import Region
from kapacitet.scenario.coverage import year_ranges
from kapacitet.scenario.models import Scenario

type Ages = tuple[int, int]
"""Youngest and oldest age of a range, both in it."""
type Rates = Sequence[tuple[Ages, float]]

KEYS = ["municipality", "target_group", "year"]


def population_demand(region: Region, scenario: Scenario) -> pd.DataFrame:
    """Place-years by municipality, target group and year from ``population_projection`` × ``demand_rates``.

    A rate holds for every age of its range, so it may be used on parts of it. Persons are known for their
    whole range only, so a range of persons must lie inside ranges of one and the same rate. Ranges of
    one table don't overlap; that is the region's own check.

    Returns:
        Columns municipality, target_group, year, place_years; sorted by its keys.

    Raises:
        FaultyInput: years or municipalities without population, groups without rates, ages with persons but
            no rate or a rate but no persons, and persons that would have to be split by age.
    """
    years = scenario.horizon.years
    table = region.tables["population_projection"]
    table = table[table["year"].between(years.start, years.stop - 1)]
    groups, codes = (
        sorted(region.tables["target_groups"]["id"]),
        sorted(region.tables["municipalities"]["code"]),
    )
    rates = {group: _rates_of(region.tables["demand_rates"], group) for group in groups}
    ranges = {(int(low), int(high)) for low, high in zip(table["age_from"], table["age_to"], strict=True)}
    faults = [*_missing_population(table, codes, years), *_missing_persons(table, rates)]
    factor: dict[tuple[str, Ages], float] = {}
    for group in groups:
        found, wrong = _rate_by_range(group, rates[group], ranges)
        factor |= {(group, ages): rate for ages, rate in found.items()}
        faults += wrong
    if faults:
        raise FaultyInput(faults)
    return _products(table, groups, factor)


def _products(table: pd.DataFrame, groups: Sequence[str], factor: dict[tuple[str, Ages], float]) -> pd.DataFrame:
    rows = table.sort_values(["municipality", "year", "age_from"])
    ages = list(zip(rows["age_from"].astype(int), rows["age_to"].astype(int), strict=True))
    parts = []
    for group in groups:
        rate = np.array([factor[group, span] for span in ages])
        part = rows[["municipality", "year"]].assign(target_group=group, place_years=rows["persons"] * rate)
        parts.append(part)
    return pd.concat(parts).groupby(KEYS)["place_years"].sum().reset_index()


def _rates_of(table: pd.DataFrame, group: str) -> Rates:
    rows = table[table["target_group"] == group].sort_values("age_from")
    spans = zip(rows["age_from"], rows["age_to"], rows["rate"], strict=True)
    return [((int(low), int(high)), float(rate)) for low, high, rate in spans]


def _missing_population(table: pd.DataFrame, codes: Sequence[str], years: range) -> Iterator[Fault]:
    present = set(zip(table["municipality"], table["year"], strict=True))
    for code in codes:
        missing = [year for year in years if (code, year) not in present]
        if missing:
            message = f"Befolkningen mangler for kommune {code} i {year_ranges(missing)}."
            yield _population_fault(message, "Tilføj rækkerne, eller sæt demand.source til tabel.", "year")


def _missing_persons(table: pd.DataFrame, rates: dict[str, Rates]) -> Iterator[Fault]:
    """Ages with a rate but without persons, by municipality and year."""
    wanted = _ages(span for spans in rates.values() for span, _ in spans)
    spans: dict[tuple[str, int], list[Ages]] = {}
    columns = (table[name] for name in ("municipality", "year", "age_from", "age_to"))
    for code, year, low, high in zip(*columns, strict=True):
        spans.setdefault((code, year), []).append((low, high))
    lacking: dict[tuple[str, str], list[int]] = {}
    for (code, year), given in spans.items():
        if missing := wanted - _ages(given):
            lacking.setdefault((code, year_ranges(missing)), []).append(year)
    for (code, ages), years in sorted(lacking.items()):
        message = f"Der mangler indbyggere på {ages} år for kommune {code} i {year_ranges(years)}."
        yield _population_fault(message, "Tilføj aldersgrupperne, eller slet deres hyppigheder.", "age_from")


def _ages(spans: Iterable[Ages]) -> set[int]:
    return {age for low, high in spans for age in range(low, high + 1)}


def _rate_by_range(group: str, rates: Rates, ranges: set[Ages]) -> tuple[dict[Ages, float], list[Fault]]:
    """The one rate of each range of persons, and what stands in the way of one."""
    if not rates:
        return {}, [_rate_fault(f"Målgruppen {group} har ingen hyppigheder.", "Tilføj rækker for alle aldre.")]
    faults: list[Fault] = []
    found: dict[Ages, float] = {}
    for span in sorted(ranges):
        touched = [(ages, rate) for ages, rate in rates if ages[0] <= span[1] and span[0] <= ages[1]]
        if _ages([span]) - _ages(ages for ages, _ in touched):
            message = f"Indbyggerne på {year_ranges(_ages([span]))} år har ikke alle en hyppighed for {group}."
            faults.append(_rate_fault(message, "Tilføj rækker, med hyppigheden 0 for aldre uden behov."))
        elif len({rate for _, rate in touched}) > 1:
            message = f"Indbyggerne på {year_ranges(_ages([span]))} år har flere hyppigheder for {group}."
            faults.append(_rate_fault(message, "Del befolkningen ved de samme aldre som hyppighederne."))
        else:
            found[span] = touched[0][1]
    return found, faults


def _rate_fault(message: str, mend: str) -> Fault:
    return Fault(message, mend, table="demand_rates", column="age_from")


def _population_fault(message: str, mend: str, column: str) -> Fault:
    return Fault(message, mend, table="population_projection", column=column)
