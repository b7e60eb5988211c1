"""Problems a run can end with, in Danish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

ENDS = {
    "contradiction": (422, "Kravene strider mod hinanden", "Ingen plan kan opfylde alle krav. Lemp nogle af dem."),
    "no-plan": (
        422,
        "Der blev ikke fundet en plan",
        "Søgningen blev standset, før der var fundet en plan. Giv den mere tid.",
    ),
    "faulty-input": (422, "Der er fejl i data eller scenarie", "Ret fejlene, og kør igen."),
    "out-of-memory": (
        507,
        "Hukommelsen slap op",
        "Kørslen brugte mere hukommelse, end en kørsel må. Vælg et kortere tidsrum eller færre fremtider.",
    ),
    "disk-full": (507, "Disken er fuld", "Der var ikke plads til at skrive resultatet. Ryd op, og kør igen."),
    "crashed": (500, "Løseren gik ned", "Processen, der regnede, gik ned. Kør igen; sker det igen, så meld fejlen."),
    "overrun": (500, "Kørslen standsede ikke", "Kørslen overskred sin tidsgrænse og blev afbrudt."),
}


def error(kind: str, detail: str = "", **more: Sequence[Any]) -> Mapping[str, Any]:
    """How a run failed, as problem details; ``more`` has members of this kind alone."""
    status, title, usual = ENDS[kind]
    told = {key: list(value) for key, value in more.items() if value}
    return {"type": f"/problems/{kind}", "title": title, "status": status, "detail": detail or usual, **told}
