"""Whose rows are whose: what a reader of one municipality may see of each result table.

Every table says which columns make a row a municipality's own. One without any is shown whole where it has no figures
of persons, and withheld where it has: in the totals of a region one person in a rare group can be known, and a
reader's own rows subtracted from a total leave the others'.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kapacitet_api.access.principal import Principal
from kapacitet_api.problems import Problem


@dataclass(frozen=True, slots=True)
class Privacy:
    """What a table holds.

    Attributes:
        own: a row in which any of these is a municipality's code is its own.
        persons: the table has figures of persons, or money from which they can be computed.
        masked: columns that tell of others in a table that is shown whole.
    """

    own: tuple[str, ...] = ()
    persons: bool = True
    masked: tuple[str, ...] = ()


PRIVACY: dict[str, Privacy] = {
    "acceptance": Privacy(own=("party",)),
    "accounts": Privacy(own=("party",)),
    "agreements": Privacy(own=("owner", "subscriber")),
    "alternatives": Privacy(own=("municipality",)),
    "baseline_delta": Privacy(),
    "binding": Privacy(own=("party",)),
    "builds": Privacy(own=("owner", "municipality")),
    "capacity": Privacy(own=("owner",)),  # not where it lies: it tells of everybody who lives there
    "closed": Privacy(own=("owner", "municipality")),
    "costs": Privacy(),  # bought and unmet places at known prices
    "frames": Privacy(own=("party",)),
    "futures_accounts": Privacy(own=("party",)),
    "futures_offers": Privacy(),
    "futures_region": Privacy(),
    "groups": Privacy(),
    "ledger": Privacy(own=("payer", "payee")),
    "moves": Privacy(own=("municipality",)),
    "pareto": Privacy(),
    "persons": Privacy(own=("municipality",)),
    "placements": Privacy(own=("municipality",)),
    "plan_change": Privacy(own=("owner", "municipality")),
    "plans": Privacy(persons=False),
    "purchases": Privacy(own=("municipality",)),
    "rates": Privacy(own=("owner",)),
    "risk": Privacy(own=("owner",)),
    "scheme_accounts": Privacy(own=("municipality",)),
    "schemes": Privacy(persons=False, masked=("refused_by", "largest_burden")),
    "service_hours": Privacy(persons=False),
    "unmet": Privacy(own=("municipality",)),
}
"""Every table a run may have; one that isn't here is withheld."""
UNKNOWN = Privacy()
CHARTS_OF_ALL = frozenset({"kort", "tidslinje", "rammer"})
"""Charts without figures of persons: shares in classes, buildings, and use of frames."""


def is_withheld(name: str, own: str | None) -> bool:
    """Whether a table can't be shown at all to the reader of the municipality ``own``."""
    told = PRIVACY.get(name, UNKNOWN)
    return own is not None and not told.own and told.persons


def visible(name: str, table: pd.DataFrame, own: str | None) -> pd.DataFrame:
    """Rows and columns of a table that the reader of ``own`` may see; all of them where it is None.

    Raises:
        Problem: 403, none of it can be shown.
    """
    if own is None:
        return table
    told = PRIVACY.get(name, UNKNOWN)
    if not told.own:
        if told.persons:
            raise withheld(f"Tabellen {name}")
        return table.drop(columns=[column for column in told.masked if column in table])
    mine = pd.Series(False, index=table.index)
    for column in told.own:
        mine |= table[column].astype("str").eq(own)
    return table[mine]


def withheld(what: str) -> Problem:
    """403 for what tells of others."""
    detail = (
        f"{what} kan kun ses af dem, der må se hele regionen: tallene er så små, at andre kommuners borgere "
        "kunne genkendes, når kommunens egne trækkes fra."
    )
    return Problem("forbidden", detail)


def refuse_own_only(principal: Principal, what: str) -> None:
    """Let only those pass who may see all municipalities.

    Raises:
        Problem: 403.
    """
    if principal.own_only:
        raise withheld(what)
