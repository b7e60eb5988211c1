"""Names in a scenario that the region doesn't have: groups, offers, candidates, projects, municipalities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from kapacitet.faults import Fault
from kapacitet.region.model import Region
from kapacitet.region.tables import shared_offers
from kapacitet.region.validation.draft import several
from kapacitet.scenario.models import Scenario
from kapacitet.scenario.suggest import suggestion

POPULATION, EQUAL = "population", "equal"
"""Keys of distribution that need no rows in the table ``keys``."""
SPLIT_BY_KEY = frozenset({"objektiv", "garanti"})
"""Schemes, alone or with takststyring, that split a deficit on the participants."""


def unknown_names(region: Region, scenario: Scenario) -> Iterator[Fault]:
    """A fault for each name the region doesn't have, with the nearest it has, and for a key that splits on nobody."""
    tables, levers, projects = region.tables, scenario.levers, scenario.projects
    groups = set(tables["target_groups"]["id"])
    candidates = set(tables["candidates"]["id"])
    buildable = candidates | set(tables["candidates"]["project"])
    places = candidates | set(tables["offers"]["id"])
    named: Iterable[str]
    for key, named in (
        ("demand.diversion", scenario.demand.diversion),
        ("levers.takst_cap", levers.takst_cap),
        ("levers.lock_in_cost", levers.lock_in_cost),
    ):
        yield from _unknown(key, "Målgruppen findes ikke i regionen.", named, groups)
    for key, named in (
        ("levers.rammebudget", levers.rammebudget),
        ("levers.flexible_107_108", levers.flexible_107_108),
        ("underskud.scheme_by_offer", scenario.underskud.scheme_by_offer),
    ):
        yield from _unknown(key, "Tilbuddet eller kandidaten findes ikke i regionen.", named, places)
    for key, named in (("projects.forced", projects.forced), ("projects.forbidden", projects.forbidden)):
        yield from _unknown(key, "Projektet eller kandidaten findes ikke i regionen.", named, buildable)
    for key, dated in (("projects.committed", projects.committed), ("projects.previous", projects.previous)):
        named = [one.candidate for one in dated]
        yield from _unknown(key, "Kandidaten findes ikke i regionen.", named, candidates)
    yield from _owner_types(region, scenario)
    yield from _participants(region, scenario)
    yield from _idle_schemes(region, scenario)


def _unknown(key: str, message: str, named: Iterable[str], known: set[str]) -> Iterator[Fault]:
    for name in sorted(set(named) - known):
        yield Fault(message, suggestion(name, known), column=key, value=name)


def _owner_types(region: Region, scenario: Scenario) -> Iterator[Fault]:
    offers, candidates = region.tables["offers"], region.tables["candidates"]
    builders = set(candidates["owner_type"])
    shared = set(offers["owner_type"][shared_offers(offers)]) | builders
    yield from _unknown(
        "levers.takst_reduction_by",
        "Ingen fælles tilbud i regionen har den ejertype.",
        map(str, scenario.levers.takst_reduction_by),
        shared,
    )
    owners = scenario.projects.only_owner_types
    key = "projects.only_owner_types"
    yield from _unknown(key, "Ingen kandidat i regionen har den ejertype.", owners or (), builders)


def _participants(region: Region, scenario: Scenario) -> Iterator[Fault]:
    """Participants must be municipalities of the region, and the key one it has, with a weight for some of them."""
    codes = set(region.tables["municipalities"]["code"])
    participants = scenario.underskud.participants
    named = () if participants == "all" else participants
    unknown = [
        *_unknown("underskud.participants", "Kommunekoden findes ikke i regionen.", named, codes),
        *_unknown(
            "underskud.key",
            "Fordelingsnøglen findes ikke.",
            [scenario.underskud.key],
            {POPULATION, EQUAL, *region.tables["keys"]["key"]},
        ),
    ]
    yield from unknown or _nobody_to_split_on(region, scenario)


def _nobody_to_split_on(region: Region, scenario: Scenario) -> Iterator[Fault]:
    """A scheme that splits a deficit by the key needs a participant with a weight above zero.

    What is merely allowed counts where consent is asked; else such schemes are left out of what is shown.
    """
    underskud = scenario.underskud
    consent = scenario.acceptance.enforce or scenario.limits.service_frame == "hard"
    counts = consent or not underskud.participants
    schemes = {*(underskud.allowed if counts else ()), *underskud.scheme_by_offer.values()}
    population = region.tables["municipalities"]["population"]
    if underskud.region_result == "by_population" and not population.gt(0).any():
        message = "Regionens resultat kan ikke fordeles efter indbyggertal, da ingen kommune har indbyggere."
        mend = "Skriv indbyggertal i municipalities, eller sæt underskud.region_result til own."
        yield Fault(message, mend, column="underskud.region_result", value="by_population")
    splitting = sorted(scheme for scheme in schemes if SPLIT_BY_KEY & set(scheme.split("+")))
    if not splitting:
        return
    names = ", ".join(f"«{scheme}»" for scheme in splitting)
    mend = f"eller tag {names} ud af underskud.allowed og scheme_by_offer."
    if not underskud.participants:
        message = f"Ingen kommuner er deltagere, så der er ingen at fordele et underskud på under {names}."
        mend = f'Skriv "all" eller koderne på deltagerne, {mend}'
        yield Fault(message, mend, column="underskud.participants", value="[]")
        return
    table = region.tables["municipalities"]
    chosen = table if underskud.participants == "all" else table[table["code"].isin(underskud.participants)]
    if not key_weights(region, underskud.key).reindex(chosen["code"]).gt(0).any():
        shown = several([f"{code} {name}" for code, name in zip(chosen["code"], chosen["name"], strict=True)])
        yield Fault(
            f"Nøglen giver alle deltagere vægten 0 ({shown}), så et underskud ikke kan fordeles under {names}.",
            f"Vælg en anden nøgle, føj en kommune med vægt over 0 til underskud.participants, {mend}",
            column="underskud.key",
            value=underskud.key,
        )


def _idle_schemes(region: Region, scenario: Scenario) -> Iterator[Fault]:
    """A scheme named for a single offer must be one that can do something there."""
    offers = region.tables["offers"]
    shared = dict(zip(offers["id"], shared_offers(offers), strict=True))
    opened = set(offers.loc[offers["opened"].notna(), "id"])
    for offer, scheme in sorted(scenario.underskud.scheme_by_offer.items()):
        if offer not in shared:
            continue
        if not shared[offer]:
            message = "Tilbuddet er uden for rammeaftalen og har ingen underskudsdækning."
        elif "abonnement" in scheme or "takststyring" in scheme:
            message = f"«{scheme}» gælder kun nye tilbud; tilbuddet findes allerede."
        elif scheme == "garanti" and offer not in opened:
            message = "Garantien gælder de første driftsår, og tilbuddet har intet åbningsår."
        else:
            continue
        yield Fault(
            message, "Fjern linjen, eller vælg en anden ordning.", column=f"underskud.scheme_by_offer.{offer}"
        )


def key_weights(region: Region, key: str) -> pd.Series[float]:
    """Weight by municipality: the region's own rows of the key before the two every region has."""
    own = region.tables["keys"]
    own = own[own["key"] == key]
    if len(own):
        return own.set_index("municipality")["weight"].astype(float)
    population = region.tables["municipalities"].set_index("code")["population"].astype(float)
    return population if key == POPULATION else population * 0 + 1
