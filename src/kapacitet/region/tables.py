"""The one specification of every table of a region.

Schemas, dtypes, checks, workbook templates and documentation are all derived from :data:`TABLES`.
"""

from __future__ import annotations

import pandas as pd

from kapacitet.region.columns import SEPARATOR, Table
from kapacitet.region.tables_money import FIGURES_TABLES, FRAME_TABLES, PRICE_TABLES, TRAVEL_TABLES
from kapacitet.region.tables_need import NEED_TABLES
from kapacitet.region.tables_supply import SUPPLY_TABLES

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        *NEED_TABLES,
        *SUPPLY_TABLES,
        *FRAME_TABLES,
        *PRICE_TABLES,
        *TRAVEL_TABLES,
        *FIGURES_TABLES,
    )
}


def split_list(text: object) -> tuple[str, ...]:
    """The elements of a list cell; a missing cell is an empty list.

    >>> split_list("sel107;sel108")
    ('sel107', 'sel108')
    """
    if not isinstance(text, str):
        return ()
    return tuple(part.strip() for part in text.split(SEPARATOR) if part.strip())


def is_shared(owner_type: str, in_rammeaftale: bool) -> bool:
    """Whether an offer's cost is shared through its takst, full or empty, instead of having a price.

    Offers of municipalities and the region are, and selvejende inside the rammeaftale; private offers and
    selvejende outside it have a price and bear their own empty places.
    """
    return owner_type in ("kommune", "region") or (owner_type == "selvejende" and in_rammeaftale)


def shared_offers(offers: pd.DataFrame) -> pd.Series[bool]:
    """:func:`is_shared` for each row of the ``offers`` (or ``candidates``) table."""
    public = offers["owner_type"].isin(["kommune", "region"])
    if "in_rammeaftale" not in offers:
        return public
    return public | ((offers["owner_type"] == "selvejende") & offers["in_rammeaftale"])
