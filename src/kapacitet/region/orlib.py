"""Published location problems: the capacitated warehouse files of the OR-Library, read with every fault told.

A file holds the numbers m and n (sites, customers); for each site its capacity and fixed cost; for each customer
its demand and what it costs to supply *all* of it from each site in turn (Beasley, *J. Opl Res. Soc.* 41, 1990).
Line ends mean nothing. Some files (capa, capb, capc) have the word ``capacity`` where a number is to be chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from kapacitet.faults import Fault, FaultyInput
from kapacitet.region.numbers import shorten
from kapacitet.region.reading.limits import MEGABYTE, MOST_ROWS, thousands

WORD: Final = "capacity"
MOST_BYTES: Final = 20 * MEGABYTE
MOST_TOLD: Final = 20
"""Faults of one kind that are told one by one."""
LARGEST: Final = Decimal("1e12")
FINEST: Final = Decimal("0.0001")
_NUMBER: Final = re.compile(r"[+-]?(\d{1,20}(\.\d{0,20})?|\.\d{1,20})([eE][+-]?\d{1,2})?", re.ASCII)
_MEND: Final = (
    "Filen skal have: antal steder og kunder; hvert steds kapacitet og faste udgift; hver kundes behov og prisen "
    "for hele behovet fra hvert sted."
)


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
