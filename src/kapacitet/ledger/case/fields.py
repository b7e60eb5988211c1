"""Reading values out of a document with every fault collected: a fault gives None and the reading goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from kapacitet.faults import Fault
from kapacitet.ledger.exact import exact
from kapacitet.scenario.messages import PLAIN_NUMBER
from kapacitet.scenario.suggest import suggestion

MOST = Decimal(10) ** 12
FINEST = -30
LONGEST = 200
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most a number may be; ``open`` leaves out the least itself."""

    least: Decimal | int | None = 0
    most: Decimal | int | None = None
    open: bool = False

    def said(self) -> str:
        """The bounds in Danish: "mellem 0 og 1", "over 0 og højst 1", "mindst 0"."""
        if self.most is None:
            return f"over {self.least}" if self.open else f"mindst {self.least}"
        return f"over {self.least} og højst {self.most}" if self.open else f"mellem {self.least} og {self.most}"

    def hold(self, value: Decimal | int) -> bool:
        """Whether ``value`` is inside."""
        if self.least is not None and (value < self.least or (self.open and value == self.least)):
            return False
        return self.most is None or value <= self.most


AMOUNT = Bounds(0)
ANY = Bounds(None)
SHARE = Bounds(0, 1)
OCCUPANCY = Bounds(0, 1, open=True)


@dataclass
class Section:
    """A table of the document.

    Attributes:
        file: the file's name, for faults.
        place: what the table is called in faults: ``[offer]``, ``[[use]] nr. 3``; blank at the top.
        values: its content.
        faults: where faults are collected, shared by all sections.
    """

    file: str
    place: str
    values: Mapping[str, Any]
    faults: list[Fault]
    asked: list[str] = field(default_factory=list)

    def fault(self, key: str, message: str, mend: str, value: object = None) -> None:
        """Collect a fault of this table, or of one of its keys."""
        column = f"{self.place} {key}".strip() or None
        self.faults.append(Fault(message, mend, table=self.file, column=column, value=shown(value)))

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._known(key)

    def number(
        self, key: str, bounds: Bounds = AMOUNT, *, default: Fraction | None = None, required: bool = False
    ) -> Fraction | None:
        """A number as an exact fraction; ``default`` where the key is absent, None where it is faulty."""
        if not self._present(key, required):
            return default
        return self.as_number(key, self.values[key], bounds)

    def as_number(self, key: str, value: object, bounds: Bounds) -> Fraction | None:
        """``value`` of ``key`` as an exact fraction, None if it is faulty."""
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.fault(key, "Skal være et tal.", PLAIN_NUMBER, value)
            return None
        number = Decimal(value)
        if not number.is_finite():
            self.fault(key, "Skal være et endeligt tal.", "Uendelig og NaN kan ikke bruges.", value)
        elif number.copy_abs() > MOST or int(number.as_tuple().exponent) < FINEST:
            self.fault(key, "Tallet er for stort eller har for mange decimaler.", "Skriv et almindeligt tal.", value)
        elif not bounds.hold(number):
            self.fault(key, f"Skal være {bounds.said()}.", "Ret tallet.", value)
        else:
            return exact(number)
        return None

    def whole(self, key: str, bounds: Bounds, *, default: int | None = None, required: bool = False) -> int | None:
        """A whole number; ``default`` where the key is absent, None where it is faulty."""
        if not self._present(key, required):
            return default
        value = self.values[key]
        if isinstance(value, bool) or not isinstance(value, int):
            self.fault(key, "Skal være et helt tal.", "Skriv et helt tal uden anførselstegn og decimaler.", value)
        elif not bounds.hold(value):
            self.fault(key, f"Skal være {bounds.said()}.", "Ret tallet.", value)
        else:
            return value
        return None

    def text(self, key: str, *, required: bool = False) -> str | None:
        """A text without blanks around it; None where it is absent or faulty."""
        if not self._present(key, required):
            return None
        value = self.values[key]
        if not isinstance(value, str):
            self.fault(key, "Skal være tekst.", 'Sæt værdien i anførselstegn, fx "561".', value)
        elif not value.strip() or len(value) > LONGEST or not value.isprintable():
            self.fault(key, "Teksten er tom, for lang eller har tegn, der ikke kan vises.", "Ret teksten.")
        else:
            return value.strip()
        return None

    def entries(self, key: str) -> list[Any] | None:
        """A list; empty where the key is absent, None where it is faulty."""
        value = self._known(key).get(key, [])
        if isinstance(value, list):
            return value
        self.fault(key, "Skal være en liste.", "Skriv værdierne i kantede parenteser, fx [0.7, 0.85].", value)
        return None

    def mapping(self, key: str) -> Section | None:
        """The table below ``key`` as a section; None where it is absent or faulty."""
        value = self._known(key).get(key)
        inner = f"{self.place.strip('[]')}.{key}" if self.place else key
        if isinstance(value, Mapping):
            return Section(self.file, f"[{inner}]", value, self.faults)
        if value is not None:
            self.fault(key, "Skal være et afsnit.", f"Skriv en overskrift [{inner}] og nøglerne under den.", value)
        return None

    def tables(self, key: str) -> list[Section]:
        """Each of the tables ``[[key]]``; faulty ones are left out."""
        found = []
        inner = f"{self.place.strip('[]')}.{key}" if self.place else key
        value = self._known(key).get(key, [])
        for number, row in enumerate(value if isinstance(value, list) else [value], start=1):
            if isinstance(row, Mapping) and isinstance(value, list):
                found.append(Section(self.file, f"[[{inner}]] nr. {number}", row, self.faults))
            else:
                self.fault(key, "Skal være en række afsnit.", f"Skriv [[{inner}]] over hver.", row)
        return found

    def finish(self) -> None:
        """Collect a fault for each key nobody asked for."""
        for key in self.values:
            if key not in self.asked:
                self.fault(shown(key) or "", "Nøglen findes ikke.", suggestion(key, self.asked))

    def _known(self, key: str) -> Mapping[str, Any]:
        if key not in self.asked:
            self.asked.append(key)
        return self.values

    def _present(self, key: str, required: bool) -> bool:
        if self.has(key):
            return True
        if required:
            self.fault(key, "Nøglen mangler.", "Tilføj den.")
        return False


def shown(value: object) -> str | None:
    """A value as it was written, shortened; None for lists and tables."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int | Decimal):
        text = str(value) if not isinstance(value, int) or abs(value) < 10**18 else "et meget stort tal"
        return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    return None
