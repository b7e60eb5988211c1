"""A case settled."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from kapacitet.faults import Fault, FaultyInput
from kapacitet.ledger.case import Case, parse_case
from kapacitet.ledger.case.place import NEEDED
from kapacitet.ledger.claims import KINDS, Entry
from kapacitet.ledger.exact import kroner
from kapacitet.ledger.futures import Settlement, settle_case
from kapacitet.ledger.schemes import SCHEMES
from kapacitet.region.frames import frame_of
from kapacitet.report.safe_csv import ENTRY_COLUMNS, csv_text, entry_row
from kapacitet.report.settlement import explanation, paid_by, payers, schemes_shown
from kapacitet.report.words import Names
from kapacitet_api.blobs import repository as blobs
from kapacitet_api.problems import Problem
from kapacitet_api.regions.repository import newest_dataset
from kapacitet_api.regions.stored import Stored, records
from kapacitet_api.sent import Sent
from kapacitet_api.service import Service
from kapacitet_api.settlements.pointers import FILE, placed
from kapacitet_api.settlements.schemas import Account, Booking, Settled, Settlements
from kapacitet_api.settlements.size import refuse_large

ALL = "alle"
type Answer = tuple[Case, list[Settlement], list[str]]


def settle(service: Service, body: Sent, scheme: str | None) -> Answer:
    """The case under the schemes that are asked for, and sentences on those that aren't shown.

    Args:
        scheme: a scheme's name, ``alle``, or None for all with the case's own among them.

    Raises:
        Problem: every fault with a pointer, or a case too large to be settled while one waits.
    """
    document = body.decimals()
    refuse_large(document)
    try:
        case = parse_case(document, FILE, Path(), scheme or ALL, find=lambda name: _tables(service, name))
    except FaultyInput as error:
        errors = [placed(fault) for fault in error.faults]
        raise Problem("invalid", "Der er fejl i sagen.", errors=errors) from None
    one = SCHEMES[scheme] if scheme is not None and scheme != ALL else None
    chosen = one or (SCHEMES[case.scheme] if case.scheme is not None else None)
    shown, notes = schemes_shown(case, one, chosen)
    return case, [settle_case(case, each) for each in shown], notes


def answered(answer: Answer) -> Settlements:
    """The answer as it is sent."""
    case, settlements, notes = answer
    names = Names(case.names)
    return Settlements(
        name=case.name,
        owner=case.owner,
        notes=[*case.notes, *notes],
        settlements=[_settled(case, found, names) for found in settlements],
    )


def as_csv(answer: Answer) -> str:
    """All entries, with the scheme in the first column; no text can be run as a formula."""
    rows = ([found.scheme.name, *entry_row(entry)] for found in answer[1] for entry in found.expected)
    return csv_text(["scheme", *ENTRY_COLUMNS], rows)


def _settled(case: Case, found: Settlement, names: Names) -> Settled:
    return Settled(
        scheme=found.scheme.name,
        title=found.scheme.title,
        total=_kr(sum(entry.ore for entry in found.expected)),
        accounts=[_account(payer, found, names) for payer in payers([found])],
        entries=[_booking(entry) for entry in found.expected],
        break_even=None if found.break_even is None else [float(level) for level in found.break_even],
        explanation=list(explanation(case, found)),
    )


def _account(payer: str, found: Settlement, names: Names) -> Account:
    mine = [entry for entry in found.expected if entry.payer == payer]
    kinds = [kind for kind in KINDS if any(entry.kind == kind for entry in mine)]
    total = sum(entry.ore for entry in mine)
    worst = round(found.tail(paid_by(payer)) * 100) if len(found.courses) > 1 else total
    return Account(
        party=payer,
        name=names.party(payer),
        total=_kr(total),
        by_kind={kind: _kr(sum(entry.ore for entry in mine if entry.kind == kind)) for kind in kinds},
        worst_case=_kr(worst),
    )


def _booking(entry: Entry) -> Booking:
    return Booking(
        booked_year=entry.booked_year,
        concerns_year=entry.concerns_year,
        payer=entry.payer,
        payee=entry.payee,
        offer=entry.offer,
        kind=entry.kind,
        amount=_kr(entry.ore),
        rule=entry.rule,
    )


def _kr(ore: int) -> str:
    return f"{kroner(ore):.2f}"


def _tables(service: Service, name: str) -> Mapping[str, pd.DataFrame]:
    """Who the parties of a kept region are; a name is never a path here."""
    with service.database.read() as connection:
        row = newest_dataset(connection, name)
        data = b"" if row is None else blobs.get(connection, row.sha256)
    if row is None:
        raise _refused("Der er ingen region med det id.", "Ret den, eller slet nøglen.", name)
    stored = Stored(data)
    if not stored.is_small:
        mend = "Slet region, og skriv nøglen i [scheme.key]."
        raise _refused("Regionens data er for store til at slå op i her.", mend, name)
    return {table: frame_of(records(stored.table(table))) for table in NEEDED}


def _refused(message: str, mend: str, name: str) -> FaultyInput:
    return FaultyInput([Fault(message, mend, FILE, column="region", value=name)])
