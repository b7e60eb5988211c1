"""Published location problems as regions: the capacitated warehouse files of the OR-Library.

A file holds the numbers m and n (sites, customers); for each site its capacity and fixed cost; for each customer
its demand and what it costs to supply *all* of it from each site in turn (Beasley, *J. Opl Res. Soc.* 41, 1990).
Line ends mean nothing. Some files (capa, capb, capc) have the word ``capacity`` where a number is to be chosen.

A published optimum then checks the whole way from a region to a plan: customers are municipalities with a demand
for places, sites candidates of the region with a fixed cost a year, and a cost for all of a customer's demand is
minutes per place-year at 1 kr. a minute.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from kapacitet.faults import Fault, FaultyInput
from kapacitet.region.loading import region_from_tables
from kapacitet.region.model import Region
from kapacitet.region.numbers import shorten
from kapacitet.region.reading.limits import MEGABYTE, MOST_ROWS, thousands

YEAR: Final = 2025
GROUP: Final = "kunder"
WORD: Final = "capacity"
MOST_BYTES: Final = 20 * MEGABYTE
MOST_TOLD: Final = 20
"""Faults of one kind that are told one by one."""
LARGEST: Final = Decimal("1e12")
FINEST: Final = Decimal("0.0001")
_NUMBER: Final = re.compile(r"[+-]?(\d{1,20}(\.\d{0,20})?|\.\d{1,20})([eE][+-]?\d{1,2})?", re.ASCII)
_FORMAT: Final = "Filen skal have: antal steder og kunder; hvert steds kapacitet og faste udgift; hver kundes behov "
_MEND: Final = f"{_FORMAT}og prisen for hele behovet fra hvert sted."


@dataclass(frozen=True)
class LocationProblem:
    """A capacitated warehouse location problem as it is published.

    Attributes:
        name: the file's name without its ending.
        capacity, fixed: of each site, shape (m,).
        demand: of each customer, shape (n,).
        cost: of supplying all of a customer's demand from each site, shape (n, m).
    """

    name: str
    capacity: tuple[int, ...]
    fixed: tuple[Decimal, ...]
    demand: tuple[Decimal, ...]
    cost: tuple[tuple[Decimal, ...], ...]


@dataclass(frozen=True)
class _Token:
    text: str
    line: int

    def fault(self, message: str, mend: str = "Ret tallet.") -> Fault:
        return Fault(message, mend, row=self.line, value=shorten(self.text))


def read_orlib(path: Path, *, capacity: int | None = None) -> LocationProblem:
    """Read a file of the OR-Library.

    Args:
        path: the file.
        capacity: of every site whose capacity is the word ``capacity``.

    Raises:
        FaultyInput: not such a file, with every fault and its line; ``capacity`` is missing where it is needed, or
            given where it is not.
    """
    path = Path(path)
    return parse_orlib(_text(path), path.stem, capacity=capacity)


def parse_orlib(text: str, name: str, *, capacity: int | None = None) -> LocationProblem:
    """The problem in the text of a file, see :func:`read_orlib`."""
    tokens = [_Token(word, row) for row, line in enumerate(text.splitlines(), start=1) for word in line.split()]
    sites, customers = _sizes(tokens)
    _refuse(_miscounted(tokens, sites, customers, name))
    words = [token for token in tokens[2 : 2 + 2 * sites : 2] if token.text.lower() == WORD]
    _refuse(_capacity_faults(words, capacity))
    said = {id(token): Decimal(capacity) for token in words if capacity is not None}
    faults: list[Fault] = []
    values = [said[id(token)] if id(token) in said else _value(token, faults) for token in tokens]
    _refuse(_told(faults))
    first = 2 + 2 * sites
    starts = range(first, len(tokens), sites + 1)
    _refuse(
        _told(
            [
                *(f for i in range(2, first, 2) for f in _capacity_of(tokens[i], values[i])),
                *(f for i in starts for f in _free_cost(tokens, values, i, sites)),
            ]
        )
    )
    problem = LocationProblem(
        name=name,
        capacity=tuple(int(value) for value in values[2:first:2]),
        fixed=tuple(values[3:first:2]),
        demand=tuple(values[i] for i in starts),
        cost=tuple(tuple(values[i + 1 : i + 1 + sites]) for i in starts),
    )
    _refuse(_unsolvable(problem))
    return problem


def orlib_region(problem: LocationProblem) -> Region:
    """The problem as a region of one year: what a plan costs there is what it costs in the problem."""
    codes = [f"k{k:0{len(str(len(problem.demand)))}d}" for k in range(1, len(problem.demand) + 1)]
    sites = [f"s{j:0{len(str(len(problem.fixed)))}d}" for j in range(1, len(problem.fixed) + 1)]
    tables: dict[str, list[dict[str, object]]] = {
        "municipalities": [
            {"code": code, "name": f"Kunde {k}", "population": 0, "seat": f"Kunde {k}", **_nowhere()}
            for k, code in enumerate(codes, start=1)
        ],
        "target_groups": [
            {
                "id": GROUP,
                "name": "Kunder",
                "support_step": 0.5,
                "attrition": 0.0,
                "temporary_share": 0.0,
                "complex": False,
            }
        ],
        "demand": [
            {"municipality": code, "target_group": GROUP, "year": YEAR, "low": d, "central": d, "high": d}
            for code, d in zip(codes, map(float, problem.demand), strict=True)
        ],
        "candidates": [
            _candidate(j, site, codes[0], problem.capacity[j - 1], float(problem.fixed[j - 1]))
            for j, site in enumerate(sites, start=1)
        ],
        # Nothing can be bought: whatever isn't supplied is unmet.
        "purchase_prices": [{"target_group": GROUP, "year": YEAR, "price": 0.0, "available": 0.0}],
        "travel_times": [
            {"municipality": code, "offer_or_candidate": site, "minutes": float(cost / need) if need else 0.0}
            for code, need, costs in zip(codes, problem.demand, problem.cost, strict=True)
            for site, cost in zip(sites, costs, strict=True)
        ],
    }
    return region_from_tables(
        _region_id(problem.name),
        YEAR,
        tables,
        title=f"OR-Library {problem.name}",
        source=f"OR-Library, {problem.name}",
        evidence="faktisk",
    )


def orlib_scenario(problem: LocationProblem, region: str) -> Mapping[str, Any]:
    """The scenario document in which the best plan costs the published optimum.

    Args:
        region: what the scenario calls its region.
    """
    return {
        "name": f"OR-Library {problem.name}",
        "region": region,
        "horizon": {"first": YEAR, "last": YEAR},
        "costs": {"discount_rate": 0.0, "travel_cost_per_minute": 1.0, "unmet_penalty": _penalty(problem)},
        "limits": {"anlaegsramme": "off", "joint_frame": "off", "region_liquidity": "off"},
        "solver": {"gap": 0.0, "time_limit": 3600.0},
    }


def _penalty(problem: LocationProblem) -> float:
    """So dear that unmet demand is in no best plan.

    Capacities are whole and demands multiples of a quantum q, so a choice of sites that is too small leaves at
    least q unmet; serving everybody never costs more than all sites and everybody's dearest: penalty·q is above it.
    Within a choice that is large enough, one more served costs at most one dearest unit cost per site on the way.
    """
    every = sum(problem.fixed) + sum((max(costs) for costs in problem.cost), Decimal(0))
    dearest = max((max(c) / d for c, d in zip(problem.cost, problem.demand, strict=True) if d), default=Decimal(0))
    whole = max(every / _quantum(problem), dearest * (len(problem.fixed) + 1))
    return float(math.floor(whole) + 1)


def _quantum(problem: LocationProblem) -> Decimal:
    """The largest power of ten, at most 1, that all demands are multiples of."""
    exponents = (int(demand.normalize().as_tuple().exponent) for demand in problem.demand)
    return Decimal(10) ** min(0, *exponents, 0)


def _candidate(number: int, site: str, code: str, places: int, fixed: float) -> dict[str, object]:
    return {
        "id": site,
        "project": site,
        "name": f"Sted {number}",
        "municipality": code,
        "owner_type": "region",
        "owner": "Regionen",
        "legal_basis": "sel108",
        "target_groups": GROUP,
        "places": places,
        "construction_cost": 0.0,
        "spend_profile": "1",
        "lead_time": 0,
        "earliest": YEAR,
        "latest": YEAR,
        "fixed_cost": fixed,
        "variable_cost": 0.0,
        "budgeted_occupancy": 1.0,
    }


def _nowhere() -> dict[str, float]:
    """The file has no map, and every travel time is given."""
    return {"latitude": 0.0, "longitude": 0.0}


def _region_id(name: str) -> str:
    return re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-._")[:80] or "orlib"


def _text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
        text = data.decode("utf-8-sig")
    except FileNotFoundError:
        raise FaultyInput([Fault("Filen findes ikke.", "Ret stien.", value=str(path))]) from None
    except IsADirectoryError:
        raise FaultyInput([Fault("Stien er en mappe, ikke en fil.", "Ret stien.", value=str(path))]) from None
    except UnicodeDecodeError:
        raise FaultyInput([Fault("Filen er ikke en tekstfil.", _MEND, value=path.name)]) from None
    except (OSError, ValueError):
        raise FaultyInput([Fault("Filen kan ikke læses.", "Kontrollér sti og adgang.", value=str(path))]) from None
    if len(data) > MOST_BYTES:
        most = f"Filen er over {MOST_BYTES // MEGABYTE} MB."
        raise FaultyInput([Fault(most, "Vælg en fil fra OR-Library.", value=path.name)])
    return text


def _sizes(tokens: list[_Token]) -> tuple[int, int]:
    if len(tokens) < 2:
        raise FaultyInput([Fault("Filen er tom eller har kun ét tal.", _MEND)])
    faults: list[Fault] = []
    sizes = []
    for token, what in zip(tokens[:2], ("steder", "kunder"), strict=True):
        if not re.fullmatch(r"[0-9]{1,9}", token.text) or int(token.text) < 1:
            faults.append(token.fault(f"Antallet af {what} er ikke et helt tal på mindst 1.", _MEND))
        else:
            sizes.append(int(token.text))
    _refuse(faults)
    sites, customers = sizes
    if sites * customers > MOST_ROWS:
        pairs = f"{thousands(sites)} steder og {thousands(customers)} kunder er flere par end {thousands(MOST_ROWS)}"
        raise FaultyInput([Fault(f"{pairs}, som er det højeste, der kan regnes.", "Vælg et mindre problem.")])
    return sites, customers


def _miscounted(tokens: list[_Token], sites: int, customers: int, name: str) -> Iterator[Fault]:
    needed = 2 + 2 * sites + customers * (sites + 1)
    if len(tokens) != needed:
        few = "for få" if len(tokens) < needed else "for mange"
        yield Fault(
            f"{shorten(name)} har {few} tal: {thousands(len(tokens))}, men {thousands(sites)} steder og "
            f"{thousands(customers)} kunder kræver {thousands(needed)}.",
            _MEND,
            row=tokens[-1].line,
        )


def _capacity_faults(words: list[_Token], capacity: int | None) -> Iterator[Fault]:
    if words and capacity is None:
        mend = "Angiv kapaciteten med --capacity, fx 8000 for capa1."
        yield words[0].fault("Filen har et ord, hvor stedernes kapacitet skal stå.", mend)
    if capacity is not None and not words:
        yield Fault("Filen har selv stedernes kapacitet.", "Udelad --capacity.", value=str(capacity))
    if capacity is not None and not 1 <= capacity <= 10**9:
        yield Fault("Kapaciteten skal være fra 1 til 1.000.000.000.", "Ret --capacity.", value=str(capacity))


def _value(token: _Token, faults: list[Fault]) -> Decimal:
    if not _NUMBER.fullmatch(token.text):
        faults.append(token.fault("Værdien er ikke et tal.", "Skriv et tal med punktum som decimaltegn."))
        return Decimal(0)
    value = Decimal(token.text)
    if value < 0:
        faults.append(token.fault("Tallet er negativt.", "Kapacitet, behov og priser er mindst 0."))
    elif value > LARGEST:
        faults.append(token.fault("Tallet er urimeligt stort."))
    return value


def _capacity_of(token: _Token, value: Decimal) -> Iterator[Fault]:
    if value != value.to_integral_value() or not 1 <= value <= 10**9:
        message = "Et steds kapacitet skal være et helt tal fra 1 til 1.000.000.000, da den bliver til pladser."
        yield token.fault(message, "Ret kapaciteten, eller fjern stedet.")


def _free_cost(tokens: list[_Token], values: list[Decimal], at: int, sites: int) -> Iterator[Fault]:
    """A customer's demand must be able to carry its cost per unit."""
    need = values[at]
    if need == 0 and any(values[at + 1 : at + 1 + sites]):
        message = "Kunden har intet behov, men en pris; prisen pr. enhed (pris delt med behov) findes ikke."
        yield tokens[at].fault(message, "Sæt kundens priser til 0, eller ret behovet.")
    if need % FINEST:
        message = "Behovet har flere end fire decimaler, så et udækket behov ikke kan gøres dyrt nok."
        yield tokens[at].fault(message, "Afrund behovet, eller skaler behov og kapaciteter.")


def _unsolvable(problem: LocationProblem) -> Iterator[Fault]:
    demand, room = sum(problem.demand), sum(problem.capacity)
    if demand > room:
        message = f"Kundernes behov er {demand:f} i alt, men stederne kan tilsammen kun levere {room}."
        yield Fault(message, "Intet valg af steder er en løsning; ret behov eller kapacitet.")
    if not any(problem.demand):
        yield Fault("Ingen af kunderne har et behov, så der er intet at løse.", "Ret behovene.")


def _told(faults: list[Fault]) -> Iterator[Fault]:
    yield from faults[:MOST_TOLD]
    if len(faults) > MOST_TOLD:
        yield Fault(f"Der er {thousands(len(faults) - MOST_TOLD)} fejl mere.", "Ret de nævnte, og prøv igen.")


def _refuse(faults: Iterator[Fault] | list[Fault]) -> None:
    found = tuple(faults)
    if found:
        raise FaultyInput(found)
