"""The contract of a scenario: keys, defaults, bounds, and that it can't be changed."""

from __future__ import annotations

import copy
import pickle
import tomllib
from typing import Any

import pytest
from pydantic import ValidationError

from kapacitet.scenario.catalogue import catalogue, sources
from kapacitet.scenario.fields import ASSUMPTION
from kapacitet.scenario.models import Scenario

CONTRACT = """
name = "Basis"
region = "syddanmark"
[horizon]
first = 2026
last = 2037
[demand]
projection = "central"
diversion = {}
[costs]
discount_rate = 0.03
travel_cost_per_minute = 300
unmet_penalty = 4_000_000
capital_rate = 0.02
capital_life = 30
support_variable_share = 0.2
critical_mass_penalty = 500_000
frame_penalty = 0.25
[limits]
anlaegsramme = "hard"
joint_frame = "auto"
region_liquidity = "auto"
service_frame = "off"
staff = "off"
reserve_min = 0.0
reserve_max = 1.0
public_share_min = 0.0
over_occupancy = 0.0
residents_stay = true
critical_mass_year = 3
abl_for_complex = false
closures = false
[projects]
forced = []
forbidden = []
committed = []
[underskud]
allowed = ["standard", "abonnement", "objektiv", "takststyring", "abonnement+takststyring", "objektiv+takststyring",
  "garanti"]
owner_limit = 0.05
lag = 2
key = "population"
participants = "all"
alpha = 1.0
psi = 0.0
startup_occupancy = []
guarantee_years = 3
guarantee_share = 0.8
scheme_by_offer = {}
[acceptance]
enforce = false
expected_limit = 20
risk_limit = 40
tolerance = 0.0
subscriber_share = 0.8
[levers]
takst_reduction = 0.0
takst_reduction_by = {}
takst_cap = {}
rammebudget = []
progression = 0.0
private_price_growth = 0.03
abl_exempt = true
flexible_107_108 = []
lock_in_cost = {}
loan_pool_window = []
construction_overrun = 0.0
construction_delay = 0
[futures]
count = 1
seed = 1
growth_sd = 0.02
dispersion = 1.0
cvar_level = 0.95
cvar_weight = 0.0
[solver]
name = "highs"
gap = 0.001
time_limit = 300
"""

EXTRA_KEYS = {
    "description",
    "base",
    "demand.source",
    "futures.reduce_to",
    "futures.source",
    "limits.conversions",
    "limits.reserve_from",
    "limits.public_share_from",
    "levers.takst_cap_new",
    "projects.only_owner_types",
    "underskud.region_result",
    "projects.previous",
    "projects.change_price",
}


def minimal(**sections: Any) -> Scenario:
    return Scenario.model_validate({"name": "Basis", "region": "syddanmark", **sections})


def test_name_and_region_alone_give_the_contract() -> None:
    assert minimal() == Scenario.model_validate(tomllib.loads(CONTRACT))


def test_the_contract_names_every_key_but_the_extra_ones() -> None:
    stated: set[str] = set()
    for key, value in tomllib.loads(CONTRACT).items():
        stated |= {f"{key}.{inner}" for inner in value} if isinstance(value, dict) else {key}

    assert set(catalogue()) - stated == EXTRA_KEYS
    assert stated <= set(catalogue())


def test_every_key_has_a_danish_title_and_an_explanation_and_numbers_a_unit() -> None:
    unitless = {"futures.seed", "futures.dispersion"}
    for key, info in catalogue().items():
        assert info.title and info.explanation.endswith("."), key
        if isinstance(info.default, int | float) and not isinstance(info.default, bool):
            assert bool(info.unit) != (key in unitless), key


def test_lever_without_a_source_is_the_planners_assumption() -> None:
    found = sources(minimal())

    assert found["costs.discount_rate"] == ASSUMPTION
    assert "Rammeaftalen" in found["underskud.owner_limit"]


def test_value_other_than_the_sources_is_an_assumption() -> None:
    found = sources(minimal(underskud={"owner_limit": 0.1}, levers={"takst_reduction": 0.02}))

    assert found["underskud.owner_limit"] == ASSUMPTION
    assert found["levers.takst_reduction"].startswith("KKR Syddanmark")


def test_scenario_cannot_be_changed() -> None:
    scenario = minimal(levers={"takst_cap": {"autisme": 1e6}})
    caps: Any = scenario.levers.takst_cap

    with pytest.raises(ValidationError):
        scenario.costs.discount_rate = 0.5
    for change in (
        lambda: caps.__setitem__("dom", 1.0),
        lambda: caps.update(dom=1.0),
        lambda: caps.pop("autisme"),
        caps.clear,
    ):
        with pytest.raises(TypeError):
            change()
    assert scenario.levers.takst_cap == {"autisme": 1e6}


def test_scenario_survives_pickle_copy_and_json() -> None:
    scenario = minimal(
        levers={"takst_cap": {"dom": 2e6}, "takst_reduction_by": {"kommune": {"2027": 0.02}, "region": 0.01}},
        projects={"committed": [{"candidate": "a", "start": 2024}], "only_owner_types": ["region"]},
        underskud={"participants": ["410"], "scheme_by_offer": {"a": "objektiv"}},
    )

    assert pickle.loads(pickle.dumps(scenario)) == scenario
    assert copy.deepcopy(scenario) == scenario
    assert Scenario.model_validate_json(scenario.model_dump_json()) == scenario


def test_years_of_a_reduction_are_numbers() -> None:
    scenario = minimal(levers={"takst_reduction_by": {"kommune": {"2027": 0.02}}})

    assert scenario.levers.takst_reduction_by == {"kommune": {2027: 0.02}}


def test_years_of_the_horizon_include_both_ends() -> None:
    assert list(minimal(horizon={"first": 2026, "last": 2028}).horizon.years) == [2026, 2027, 2028]
