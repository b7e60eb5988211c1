"""Who pays under a plan, whether anybody has reason to refuse it, and the check of every krone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from kapacitet.faults import Fault
from kapacitet.insight.acceptance_tables import (
    HALF_A_KRONE,
    acceptance_table,
    judged_schemes,
    risk_table,
    scheme_accounts_table,
    schemes_table,
)
from kapacitet.insight.account_tables import accounts_table, agreements_table, ledger_table
from kapacitet.insight.rate_tables import progression_table, rates_table
from kapacitet.insight.result import Conflict, Relaxation
from kapacitet.ledger.acceptance.admission import Admission
from kapacitet.ledger.acceptance.verdict import Answer, Verdict
from kapacitet.ledger.agreements import STANDARD_AGREEMENT, HouseAgreement
from kapacitet.ledger.balance import balance
from kapacitet.ledger.claims import Entry
from kapacitet.ledger.entries import plan_entries
from kapacitet.ledger.exact import ORE
from kapacitet.ledger.parties import party_name
from kapacitet.ledger.world import World
from kapacitet.planning.allocation import allocate
from kapacitet.planning.plan import Outcome, Plan
from kapacitet.planning.problem import Problem
from kapacitet.region.danish import danish


@dataclass(frozen=True)
class Consent:
    """What settlement and acceptance say of a plan.

    Attributes:
        tables: ledger, accounts, rates, agreements, acceptance, schemes, scheme_accounts, risk and, with
            progression, progression.
        agreements: how each offer is settled.
        world: the plan in the futures it is judged by.
        summary: accepted, refusals, and what the plan means to the municipalities together.
        balance: the check that every krone in is a krone out.
    """

    tables: dict[str, pd.DataFrame]
    agreements: Mapping[str, HouseAgreement]
    world: World
    summary: Mapping[str, Any]
    balance: Mapping[str, float]
    warnings: tuple[Fault, ...]


def consent_of(
    problem: Problem, plan: Plan, outcome: Outcome, judge: Admission, shown: World | None = None
) -> Consent:
    """Settle a plan with the agreements that serve it best.

    Agreements and acceptance are those of the futures of ``problem``; the ledger, the accounts and rates are told in
    ``shown`` (the plan in the projection alone) where that is given.

    Raises:
        RuntimeError: the accounts don't add up to the resource cost; no figure may leave the house then.
    """
    world = World.of(problem, plan, outcome, judge.worlds.rules)
    verdict = judge.jury.judge(world)
    told, before = world, judge.baseline
    if shown is not None:
        told = shown
        before = World.of(shown.problem, before.plan, allocate(shown.problem, before.plan))
    entries = plan_entries(told, verdict.agreements)
    checked = balance(told.problem, plan, told.outcome, entries)
    if not checked.holds:
        raise RuntimeError(f"the accounts miss the resource cost by {np.abs(checked.by_year).max()} kr. in a year")
    everything = dict.fromkeys((one.offer for one in before.rates), STANDARD_AGREEMENT)
    entries_before = plan_entries(before, everything)
    accounts = accounts_table(told, entries, before, entries_before)
    judged = judged_schemes(world, judge.jury, verdict)
    tables = {
        "rates": rates_table(problem, told.rates),
        "ledger": ledger_table(entries),
        "accounts": accounts,
        "agreements": agreements_table(told, verdict.agreements),
        "acceptance": acceptance_table(world, verdict),
        "schemes": schemes_table(world, judge.jury.baseline, judged),
        "scheme_accounts": scheme_accounts_table(problem, judge.jury.baseline, judged),
        "risk": risk_table(world, judged),
    }
    if problem.scenario.levers.progression:
        tables["progression"] = progression_table(told.problem, plan, told.rates, told.outcome)
    return Consent(
        tables,
        verdict.agreements,
        world,
        _summary(problem, verdict, judge, accounts, entries_before),
        {
            "largest_difference": float(np.abs(checked.by_year).max()),
            "cost": checked.cost,
            "by_year_booked": checked.booked,
            "beyond_horizon": checked.beyond,
        },
        judge.worlds.rules.refund.warnings,
    )


def _summary(
    problem: Problem, verdict: Verdict, judge: Admission, accounts: pd.DataFrame, before: Sequence[Entry]
) -> dict[str, Any]:
    change = verdict.account - judge.jury.baseline
    codes, discount = (
        {m.code for m in problem.municipalities},
        dict(zip(problem.years, problem.discount, strict=True)),
    )
    refund_before = -sum(
        e.ore / ORE * float(discount[e.concerns_year])
        for e in before
        if e.kind == "statsrefusion" and e.payer in codes
    )
    towns = accounts[accounts["role"] == "kommune"]
    refund = -float((towns["statsrefusion"] * towns["discount_factor"]).sum())
    return {
        "accepted": verdict.accepted,
        "refused_plans": judge.refused,
        "refusals": [sentence(problem, answer) for answer in verdict.refusals],
        "better_off": int((change < -HALF_A_KRONE).sum()),
        "worse_off": int((change > HALF_A_KRONE).sum()),
        "gain": float(-change.sum()),
        "state_refund": refund,
        "state_refund_change": refund - refund_before,
    }


ROLES = {
    "bygger_forventet": "{party} tør ikke bygge: forventet tab på nye tilbud i {year} er {stated} kr. pr. indbygger",
    "bygger_risiko": "{party} tør ikke bygge: tabet i {year} er i de værste 5 procent {stated} kr. pr. indbygger",
    "deltager": "{party} betaler i alt {missed} kr. mere pr. indbygger, end den kan gå med til",
    "serviceramme": "{party} bruger i {year} {missed} kr. mere pr. indbygger, end servicerammen rækker til",
}


def sentence(problem: Problem, answer: Answer) -> str:
    """Why a party refuses, in a Danish sentence without full stop; the limit is told where it is a limit."""
    demand = answer.demand
    text = ROLES[demand.role].format(
        party=party_name(problem, demand.party),
        year=demand.year,
        stated=_kr(answer.stated),
        missed=_kr(answer.missed),
    )
    return f"{text}; grænsen er {_kr(demand.limit)} kr." if demand.role.startswith("bygger") else text


def nearest_refusals(judge: Admission) -> tuple[str, ...]:
    """Why the plan that was refused least is refused; nothing where none was refused."""
    if judge.nearest is None:
        return ()
    return tuple(sentence(judge.worlds.problem, answer) for answer in judge.nearest[1].refusals)


def nobody_consents(judge: Admission) -> Conflict | None:
    """The refusals of the plan that was refused least, where every plan is refused; None where none was refused."""
    if judge.nearest is None:
        return None
    requirements = tuple(
        Relaxation(1, said, "acceptance", "aftale", answer.missed, "kr. pr. indbygger")
        for said, answer in zip(nearest_refusals(judge), judge.nearest[1].refusals, strict=True)
    )
    warning = "Der er ingen plan, alle parter kan gå med til. Her er den, der mangler mindst."
    return Conflict(judge.worlds.problem.scenario, requirements, (warning,))


def _kr(amount: float) -> str:
    return danish(amount, 2, trimmed=False)
