"""Everything that is checked in a region: one small function per check, all of them run, every fault told.

A check looks at one thing and yields a fault for each place where it is wrong. A value that could not be
read has already been told and is passed over by the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from kapacitet.faults import Fault
from kapacitet.region.records import MOST_FAULTS
from kapacitet.region.validation import bought, futures, geography, keys, money, need, plausibility, residents, supply
from kapacitet.region.validation.draft import Check, Draft

__all__ = ["CHECKS", "Check", "Draft", "check_all"]

CHECKS: tuple[Check, ...] = (
    keys.unique_rows,
    keys.unique_unit_ids,
    keys.references,
    need.demand_given,
    need.demand_complete,
    need.demand_ordered,
    need.ages_ordered,
    need.ages_match,
    futures.probabilities_given,
    futures.cover_the_same,
    supply.shared_have_costs,
    supply.private_outside,
    supply.owners,
    supply.deficit_bearers,
    supply.years_ordered,
    supply.parts_within_whole,
    supply.spending,
    supply.requirements,
    supply.variants_together,
    supply.usable_by_a_group,
    supply.housing_of_abl,
    supply.conversions_change,
    residents.groups_fit,
    residents.offer_is_open,
    residents.fit_places,
    residents.within_demand,
    bought.places_to_be_had,
    money.step_price_given,
    money.agreed_prices_apply,
    money.keys_complete,
    money.refund_percents_rise,
    money.purchase_prices_given,
    money.figures_comparable,
    geography.names_differ,
    geography.names_match_outlines,
    geography.outlines_given,
    geography.coordinates_in_order,
    geography.links_between_two,
    geography.reachable,
    plausibility.dates_together,
    plausibility.places_counted_once,
    plausibility.complex_residents,
)
"""Every check, in the order its faults are told."""


def check_all(draft: Draft) -> list[Fault]:
    """The faults and warnings of all checks, of each check only so many as anybody reads."""
    return [fault for check in CHECKS for fault in _bounded(check(draft))]


def _bounded(faults: Iterator[Fault]) -> Iterator[Fault]:
    yield from islice(faults, MOST_FAULTS)
    if (further := next(faults, None)) is not None:
        message = f"Der er flere end {MOST_FAULTS} fejl af samme slags."
        yield Fault(message, "Ret de nævnte, og prøv igen.", further.table, severity=further.severity)
