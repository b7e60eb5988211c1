"""What the result tables and their columns are, in Danish, with units: for those who read them elsewhere.

A column of the same name means the same in every table unless the table says otherwise here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kapacitet.insight.acceptance_tables import PICKED
from kapacitet.insight.pareto.goals import GOALS
from kapacitet.ledger.schemes import SCHEMES
from kapacitet.report.words import KINDS

Kind = Literal["text", "whole", "number", "boolean"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """A column: what it says, its unit (blank where it has none), and what its values are."""

    text: str
    unit: str = ""
    kind: Kind = "text"


TITLES = {
    "acceptance": "Hvem der kan acceptere planen, krav for krav",
    "accounts": "Regnskab pr. part og år",
    "agreements": "Aftaler om nye tilbud",
    "alternatives": "Projekter, der ikke er valgt, og hvad de ville koste",
    "baseline_delta": "Forskel fra ikke at bygge nyt, pr. målgruppe",
    "binding": "Grænser, der holder planen tilbage",
    "builds": "Det, planen bygger, lukker og omlægger",
    "capacity": "Pladser og belægning pr. tilbud og år",
    "closed": "Omkostninger ved lukkede tilbud",
    "costs": "Omkostninger pr. år og slags",
    "frames": "Rammer og forbrug af dem",
    "futures_accounts": "Regnskab pr. part i fremtiderne",
    "futures_offers": "Borgere og belægning pr. tilbud i fremtiderne",
    "futures_region": "Regionen i fremtiderne",
    "groups": "Behov og dækning pr. målgruppe og år",
    "ledger": "Posteringer mellem parterne",
    "moves": "Flytninger",
    "pareto": "Frontens punkter",
    "persons": "Borgere pr. kommune, tilbud og år",
    "placements": "Helårspladser pr. kommune, tilbud og år",
    "plan_change": "Ændringer siden sidste plan",
    "plans": "Projekter i frontens planer",
    "purchases": "Køb uden for de kendte tilbud",
    "rates": "Takster pr. tilbud og år",
    "risk": "Ejeres risiko ved nye tilbud",
    "scheme_accounts": "Kommunernes regnskab under hver ordning",
    "schemes": "Ordninger side om side",
    "service_hours": "Støttetimer, som takstreduktionen fjerner",
    "unmet": "Udækket behov",
}
"""Table -> Danish title: every table a run may have."""

_KR, _YEARS, _PLACES = "kr.", "helårspladser", "pladser"


def _kr(text: str) -> Meaning:
    return Meaning(text, _KR, "number")


def _number(text: str, unit: str = "") -> Meaning:
    return Meaning(text, unit, "number")


def _year(text: str) -> Meaning:
    return Meaning(text, "årstal", "whole")


def _yes(text: str) -> Meaning:
    return Meaning(text, kind="boolean")


_SPREAD = {
    "mean": _number("Middel over fremtiderne"),
    **{f"p{q:02d}": _number(f"{q} % af fremtiderne ligger ikke over") for q in (5, 25, 50, 75, 95)},
}

COMMON: dict[str, Meaning] = {
    **{kind: _kr(f"Betaling: {title}") for kind, title in KINDS.items()},
    **_SPREAD,
    "abonnement+takststyring": _kr("Regnskab med abonnement og takststyring"),
    "accepted": _yes("Alle accepterer"),
    "allowed": _yes("Kan bygges inden for rammer og regler"),
    "amount": _kr("Beløb"),
    "anlaeg": _kr("Anlægsudgift i året; ikke del af total"),
    "approval": _kr("Godkendelse"),
    "arrived": _number("Borgere, der er kommet til i året", "personer"),
    "baseline": _kr("Det samme uden nye pladser"),
    "baseline_discounted": _kr("baseline som nutidsværdi"),
    "baseline_venteliste": _kr("Venteliste uden nye pladser"),
    "basistakst_day": _number("Basistakst pr. døgn", "kr. pr. døgn"),
    "better_off": Meaning("Kommuner, der er bedre stillet", "kommuner", "whole"),
    "binding": _yes("Kravet er bindende"),
    "blocks": Meaning("Projekt, der står i vejen"),
    "booked": _kr("Total efter bogføringsår"),
    "booked_year": _year("År, posten bogføres"),
    "budgeted_occupancy": _number("Budgetteret belægning", "andel"),
    "candidate": Meaning("Kandidatens id"),
    "candidate_before": Meaning("Kandidat i sidste plan"),
    "capital_charge": _kr("Kapitalomkostning"),
    "ceiling": _kr("Loft over taksten pr. år"),
    "change": _kr("Ændring i omkostning (nutidsværdi)"),
    "committed": _yes("Besluttet i forvejen"),
    "component": Meaning("Omkostningens slags"),
    "concerns_year": _year("År, posten vedrører"),
    "construction_cost": _kr("Anlægssum"),
    "cost": _kr("Omkostning"),
    "dare_from": _kr("Takstgaranti, der skal til, før ejeren tør bygge"),
    "decided": _yes("Lukket af planen; ellers af tilbuddets egen dato"),
    "demand": _number("Behov", _YEARS),
    "discount_factor": _number("Diskonteringsfaktor"),
    "discounted": _kr("Nutidsværdi"),
    "draw": _kr("Træk på rammen"),
    "evidence": Meaning("Om data er faktiske eller illustrative"),
    "excess": _kr("Overskridelse"),
    "existing": _yes("Findes i dag"),
    "expected_loss": _number("Forventet tab i det værste år", "kr. pr. indbygger"),
    "external": _number("Borgere udefra i tilbuddet", _YEARS),
    "family": Meaning("Kravets slags"),
    "fixed_cost": _kr("Faste omkostninger"),
    "from_offer": Meaning("Fra tilbud"),
    "gain": _kr("Kommunernes samlede gevinst (nutidsværdi)"),
    "half_empty": _number("Sandsynlighed for under halv belægning", "andel"),
    "hours": _number("Støttetimer, der falder bort", "timer pr. uge"),
    "housing_cost": _kr("Bolig (husleje)"),
    "in_kommune": _number("Dækket i kommunale tilbud", _YEARS),
    "in_plan": _yes("Er i planen"),
    "in_privat": _number("Dækket i private tilbud", _YEARS),
    "in_region": _number("Dækket i regionale tilbud", _YEARS),
    "in_selvejende": _number("Dækket i selvejende tilbud", _YEARS),
    "kapitalomkostning": _kr("Kapitalomkostning i partens nye tilbud; ikke del af total"),
    "kind": Meaning("Slags"),
    "laan": _kr("Lån til anlæg; ikke del af total"),
    "largest_burden": _number("Største merudgift i en kommune", "kr. pr. indbygger"),
    "left": _number("Borgere, der er fraflyttet i året", "personer"),
    "legal_basis": Meaning("Lovgrundlag"),
    "limit": _kr("Grænse"),
    "loan": _kr("Lån"),
    "lock_in_cost": _kr("Pladser efter forkert lovgrundlag"),
    "measure": Meaning("Det, der måles"),
    "minutes": _number("Rejsetid hver vej", "minutter"),
    "missed": _number("Så meget mangler kravet i at være opfyldt", "kr. pr. indbygger"),
    "mode": Meaning("Om rammen håndhæves: hard, soft eller off"),
    "move_cost": _kr("Flytning"),
    "moved": _number("Flyttede", _YEARS),
    "municipality": Meaning("Kommunekode"),
    "name": Meaning("Navn"),
    "objektiv+takststyring": _kr("Regnskab med objektiv finansiering og takststyring"),
    "obstacle": Meaning("Det, der hindrer projektet"),
    "occupancy": _number("Belægning", "andel"),
    "offer": Meaning("Tilbuddets id"),
    "one_off_cost": _kr("Engangsomkostning"),
    "opening_year": _year("År, pladserne åbner eller ændringen virker"),
    "other_fixed": _kr("Øvrige faste omkostninger"),
    "owner": Meaning("Ejer (kommunekode eller navn)"),
    "owner_type": Meaning("Ejerens slags"),
    "party": Meaning("Part (kommunekode, region, staten m.fl.)"),
    "party_name": Meaning("Partens navn"),
    "payee": Meaning("Modtager"),
    "payer": Meaning("Betaler"),
    "penalty": _kr("Straf i modellen"),
    "penalty_rate": _number("Straf i modellen", "kr. pr. helårsplads"),
    "per_inhabitant": _number("Total pr. indbygger", "kr. pr. indbygger"),
    "persons": _number("Borgere", "personer"),
    PICKED: _kr("Regnskab med planens aftaler"),
    "pl_factor": _number("P/L-faktor fra prisåret til året"),
    "place_years": _number("Helårspladser", _YEARS),
    "place_years_baseline": _number("Helårspladser uden nye pladser", _YEARS),
    "place_years_plan": _number("Helårspladser i planen", _YEARS),
    "places": _number("Pladser", _PLACES),
    "places_before": _number("Pladser i sidste plan", _PLACES),
    "pool": _kr("Dækket af lånepulje"),
    "population": _number("Indbyggere", "personer"),
    "price": _number("Pris", "kr. pr. helårsplads"),
    "project": Meaning("Projektets id"),
    "purchased": _number("Købt uden for de kendte tilbud", _YEARS),
    "rammebudget": _yes("Drives med rammebudget"),
    "reason": Meaning("Hvorfor"),
    "refusals": Meaning("Parter, der afviser", "parter", "whole"),
    "refused_by": Meaning("Hvem der afviser"),
    "replaces": Meaning("Projekt, det ville erstatte"),
    "residents": _number("Nuværende beboere, der bliver boende", "personer"),
    "role": Meaning("Partens rolle"),
    "rule": Meaning("Reglen bag posten"),
    "saved": _kr("Sparet"),
    "saves": _kr("Det, en lempelse ville spare (nutidsværdi)"),
    "scheme": Meaning("Ordning"),
    "sentence": Meaning("Kravet i ord"),
    "served": Meaning("Hvor behovet dækkes"),
    "shared": _yes("I rammeaftalen: alle kommuner kan bruge det til takst"),
    "shortfall": _number("Mangler til kritisk masse", _YEARS),
    "shortfall_penalty": _kr("Straf for manglende kritisk masse"),
    "slack": _number("Rest til grænsen"),
    "spending": _kr("Anlægsudgift i rammen"),
    "standard": _kr("Regnskab under standardreglen"),
    "start": _year("Byggestart"),
    "start_before": _year("Byggestart i sidste plan"),
    "start_year": _year("Byggestart"),
    "startup_takst": _kr("Takst i opstarten"),
    "stated": _number("Det, parten står til", "kr. pr. indbygger"),
    "stayed": _number("Borgere, der er blevet boende", "personer"),
    "subscribed": _number("Tegnede pladser", _PLACES),
    "subscriber": Meaning("Abonnent (kommunekode)"),
    "tag": Meaning("Lov, aftale eller politik"),
    "takst": _kr("Takst pr. år"),
    "taken_by_ceiling": _kr("Det, loftet tager af taksten"),
    "takststyring": _kr("Regnskab med takststyring"),
    "target_group": Meaning("Målgruppe"),
    "target_groups": Meaning("Målgrupper"),
    "term": Meaning("Langvarig eller midlertidig"),
    "tilsyn": _kr("Tilsyn"),
    "title": Meaning("Navn"),
    "to_offer": Meaning("Til tilbud"),
    "top_up": _kr("Tillægsydelse pr. helårsplads"),
    "top_up_cost": _kr("Tillægsydelser"),
    "total": _kr("Alle betalinger i alt"),
    "travel_cost": _kr("Rejsebyrde"),
    "unit_cost": _number("Omkostning", "kr. pr. helårsplads"),
    "unit_cost_baseline": _number("Omkostning uden nye pladser", "kr. pr. helårsplads"),
    "unit_cost_plan": _number("Omkostning i planen", "kr. pr. helårsplads"),
    "unmet": _number("Udækket", _YEARS),
    "used": _number("Helårspladser i brug, borgere udefra medregnet", _YEARS),
    "variable_cost": _kr("Variable omkostninger"),
    "venteliste": _kr("Venteliste til den dyreste private pris; ikke del af total"),
    "volume": _kr("Heraf flere eller færre helårspladser"),
    "worse_off": Meaning("Kommuner, der er dårligere stillet", "kommuner", "whole"),
    "worst_year": _year("Det værste år"),
    "year": _year("År"),
    "ydelsestakst_day": _number("Ydelsestakst pr. døgn", "kr. pr. døgn"),
}
_SPECIAL: dict[tuple[str, str], Meaning] = {
    **{
        ("scheme_accounts", name): _kr(f"Kommunens regnskab under: {scheme.title}")
        for name, scheme in SCHEMES.items()
    },
    ("accounts", "takst"): _kr("Betaling: takst"),
    ("acceptance", "limit"): _number("Det, parten kan gå med til", "kr. pr. indbygger"),
    ("baseline_delta", "unit_cost"): _kr("Heraf anden pris pr. helårsplads"),
    ("binding", "limit"): _number("Grænse"),
    ("binding", "used"): _number("Brugt af grænsen"),
    ("schemes", "takst"): _kr("Betalinger i alt: takst"),
    ("rates", "price"): _kr("Det, der betales pr. helårsplads"),
    ("rates", "variable_cost"): _kr("Variable omkostninger pr. helårsplads"),
    ("plan_change", "price"): _kr("Omkostning ved ændringen"),
    ("plans", "name"): Meaning("Kandidatens eller tilbuddets id"),
    ("plans", "plans"): Meaning("Så mange planer har det", "planer", "whole"),
    ("plans", "in_all"): _yes("Er i alle planer"),
    ("pareto", "point"): Meaning("Punktets nummer; 1 er den billigste plan", kind="whole"),
    ("pareto", "plan"): Meaning("Planens navn"),
    ("pareto", "cost"): _kr("Omkostning (nutidsværdi)"),
    ("pareto", "extra_cost_per_year"): _kr("Merudgift pr. år mod den billigste plan"),
    ("pareto", "extra_bound_per_year"): _kr("Mindste merudgift pr. år"),
    ("pareto", "bound"): _kr("Ingen plan inden for grænserne koster mindre"),
    ("pareto", "gap"): _number("Afstand til optimum", "andel"),
    ("pareto", "settled"): _yes("Afgjort inden for løserens tolerance"),
    **{("pareto", key): _number(goal.title) for key, goal in GOALS.items()},
    **{("pareto", f"limit_{key}"): _number(f"Grænse: {goal.title}") for key, goal in GOALS.items()},
}


def meaning(table: str, column: str) -> Meaning:
    """What a column says.

    Raises:
        KeyError: it is described nowhere.
    """
    if table == "plans" and column.startswith("plan-"):
        return Meaning(f"1, hvis det er i {column}", kind="whole")
    return _SPECIAL.get((table, column)) or COMMON[column]
