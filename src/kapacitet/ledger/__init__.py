"""Settlement: who pays what, when and by which rule, in exact fractions and to the øre."""

from kapacitet.ledger.claims import KINDS, Claim, Entry
from kapacitet.ledger.rounding import entries_of, total_ore
from kapacitet.ledger.schemes import SCHEMES, Scheme
from kapacitet.ledger.settle import claims_of_year, settle_year
from kapacitet.ledger.terms import Agreement, GroupTerms, OfferYear

__all__ = [
    "KINDS",
    "SCHEMES",
    "Agreement",
    "Claim",
    "Entry",
    "GroupTerms",
    "OfferYear",
    "Scheme",
    "claims_of_year",
    "entries_of",
    "settle_year",
    "total_ore",
]
