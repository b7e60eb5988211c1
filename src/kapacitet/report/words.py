"""Danish words for the codes of the tables: legal basis, owners, components, and lists as readers write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from kapacitet.insight.acceptance_tables import PICKED
from kapacitet.ledger.schemes import SCHEMES
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
    "planaendring": "Ændring af sidste plan",
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
KINDS = {
    "takst": "takst",
    "abonnement": "abonnement",
    "ejer": "ejerens resultat",
    "objektiv": "objektiv finansiering",
    "efterregulering": "efterregulering",
    "garanti": "garanti",
    "privat": "private tilbud",
    "koeb": "køb uden for de kendte tilbud",
    "tillaegsydelse": "tillægsydelser",
    "fastlaasning": "forkert lovgrundlag",
    "flytning": "flytning",
    "lukning": "lukning",
    "omlaegning": "omlægning",
    "husleje": "husleje",
    "statsrefusion": "statsrefusion (tilnærmet)",
    "regionens_resultat": "regionens resultat",
}
"""What an entry of the ledger is for; a deficit or surplus the owner carries itself is its result."""
ROLES = {
    "kommune": "Kommunerne",
    "region": "Regionen",
    "anden_ejer": "Andre ejere",
    "udenbys": "Kommuner uden for regionen",
    "stat": "Staten",
    "lejere": "Lejere i almene boliger",
}
PARTIES = {"region": "Regionen", "faelles": "Kommunerne samlet", "udenbys": "Udenbys"}
REFUSALS = {
    "bygger_forventet": "{party} tør ikke bygge: det forventede tab på nye tilbud er {most}{stated} kr. pr. "
    "indbygger i {years}; grænsen er {limit} kr.",
    "bygger_risiko": "{party} tør ikke bygge: tabet på nye tilbud er i de værste 5 procent af tilfældene "
    "{most}{stated} kr. pr. indbygger i {years}; grænsen er {limit} kr.",
    "deltager": "{party} betaler i alt {missed} kr. mere pr. indbygger, end den kan gå med til.",
    "serviceramme": "{party} bruger {most}{missed} kr. mere pr. indbygger, end servicerammen rækker til, i {years}.",
}
"""Why a party refuses, by its role in the table ``acceptance``."""


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
        """Name of who holds a frame or pays: a municipality, the region, all together, or buyers from outside."""
        return PARTIES.get(str(party), self.municipality(party))


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


def scheme(name: object) -> str:
    """Title of a scheme, or of the agreements the plan has picked."""
    return "Planens aftaler" if name == PICKED else SCHEMES[str(name)].title


def counted(count: int, one: str, more: str) -> str:
    """A count with its noun: "1 kommune", "22 kommuner"."""
    return f"{count} {one if count == 1 else more}"


def sentence(text: str) -> str:
    """``text`` with a capital first letter and a stop."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?:" else ".")


def filled(value: object) -> bool:
    """Whether a cell holds anything."""
    return not (value is None or value is pd.NA or value != value or value == "")
