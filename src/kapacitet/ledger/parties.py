"""Who can have an account: municipalities, the region, other owners, buyers from outside, the state, tenants."""

from __future__ import annotations

from kapacitet.planning.problem import Problem
from kapacitet.planning.sets import REGION_PARTY

EXTERNAL = "udenbys"
STATE = "staten"
TENANTS = "lejere"
NAMES = {
    REGION_PARTY: "Regionen",
    EXTERNAL: "Kommuner uden for regionen",
    STATE: "Staten",
    TENANTS: "Lejere i almene boliger",
}


def payers(problem: Problem) -> tuple[str, ...]:
    """Codes of those who can have citizens in an offer: the municipalities in their order, then those outside."""
    return (*(m.code for m in problem.municipalities), EXTERNAL)


def party_name(problem: Problem, party: str) -> str:
    """What a party is called; other owners are called what the tables call them."""
    known = {m.code: m.name for m in problem.municipalities}
    return known.get(party) or NAMES.get(party, party)
