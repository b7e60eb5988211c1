"""Schemes of underskudsdækning: one file each, and the register. A new scheme is a file and a line here."""

from __future__ import annotations

from kapacitet.ledger.schemes.abonnement import Abonnement
from kapacitet.ledger.schemes.garanti import Garanti
from kapacitet.ledger.schemes.objektiv import Objektiv
from kapacitet.ledger.schemes.protocol import Need, Part, Scheme
from kapacitet.ledger.schemes.standard import Standard
from kapacitet.ledger.schemes.takststyring import Takststyring

SCHEMES: dict[str, Scheme] = {
    scheme.name: scheme
    for scheme in (
        Standard(),
        Abonnement(),
        Objektiv(),
        Takststyring(Standard()),
        Takststyring(Abonnement()),
        Takststyring(Objektiv()),
        Garanti(),
    )
}

__all__ = ["SCHEMES", "Need", "Part", "Scheme"]
