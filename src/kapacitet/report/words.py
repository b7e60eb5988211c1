"""Danish words for the codes of the tables: legal basis, owners, components, and lists as readers write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from kapacitet.region.model import Region
from kapacitet.region.tables import split_list

LEGAL_BASIS = {"sel107": "§107", "sel108": "§108", "abl105": "ABL §105"}
OWNER_TYPES = {
    "kommune": "kommunale tilbud",
    "region": "regionale tilbud",
    "selvejende": "selvejende tilbud",
    "privat": "private tilbud",
}
COMPONENTS = {
    "fast": "Faste omkostninger",
    "variabel": "Variable omkostninger",
    "bolig": "Bolig (husleje)",
    "tillaegsydelse": "Tillægsydelser",
    "privat": "Private tilbud",
    "koeb": "Køb uden for de kendte tilbud",
    "udaekket": "Udækket behov (straf)",
    "rejse": "Rejsebyrde",
    "fastlaasning": "Forkert lovgrundlag",
    "flytning": "Flytning",
    "kritisk_masse": "Under kritisk masse (straf)",
    "godkendelse": "Godkendelse",
    "lukning": "Lukning",
    "omlaegning": "Omlægning",
    "rammestraf": "Overskredne rammer (straf)",
}
SERVED = {
    "offentlig": "Tilbud i rammeaftalen",
    "privat": "Private tilbud",
    "koeb": "Køb uden for de kendte tilbud",
    "udaekket": "Udækket behov",
}
FRAME_KINDS = {
    "anlaegsramme": "anlægsramme",
    "faellesramme": "fælles anlægsramme",
    "likviditet": "likviditet",
}


@dataclass(frozen=True)
class Names:
    """What things are called: municipalities by code, and the region's owner.

    Attributes:
        municipalities: name by code; a code without a name stands for itself.
    """

    municipalities: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, region: Region) -> Names:
        """The names of ``region``."""
        table = region.tables["municipalities"]
        return cls(dict(zip(table["code"].astype(str), table["name"].astype(str), strict=True)))

    def municipality(self, code: object) -> str:
        """Name of a municipality."""
        return self.municipalities.get(str(code), str(code))

    def owner(self, owner_type: object, owner: object) -> str:
        """Name of an owner: the municipality's name, else the owner as the table says it."""
        return self.municipality(owner) if owner_type == "kommune" else str(owner)

    def party(self, party: object) -> str:
        """Name of who holds a frame: a municipality, the region, or all together."""
        return {"region": "Regionen", "faelles": "Kommunerne samlet"}.get(str(party), self.municipality(party))


def listed(parts: Iterable[str]) -> str:
    """Parts as in a sentence: "a", "a og b", "a, b og c"."""
    *head, last = [*parts] or [""]
    return f"{', '.join(head)} og {last}" if head else last


def groups(text: object) -> str:
    """Target groups of a list cell: "dom og dobbeltdiagnose"."""
    return listed(group.replace("_", " ") for group in split_list(text))


def legal_basis(text: object) -> str:
    """Legal basis of a list cell: "§107", "§107/§108", "ABL §105"."""
    return "/".join(LEGAL_BASIS.get(part, part) for part in split_list(text))


def sentence(text: str) -> str:
    """``text`` with a capital first letter and a stop."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?:" else ".")


def filled(value: object) -> bool:
    """Whether a cell holds anything."""
    return not (value is None or value is pd.NA or value != value or value == "")
