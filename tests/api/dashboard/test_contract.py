"""The contract: what is released stays readable, and what breaks readers is found."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from kapacitet_api.dashboard.compatibility import breaks
from kapacitet_api.dashboard.contract import contract, text

from tests.api.solved import payload
from tests.project import ROOT

RELEASED = json.loads((Path(__file__).parent / "contract-v1.json").read_text(encoding="utf-8"))
Change = Callable[[dict[str, Any]], object]


def test_the_file_is_up_to_date() -> None:
    assert (ROOT / "docs" / "api" / "dashboard.schema.json").read_text(encoding="utf-8") == text()


def test_todays_contract_can_be_read_by_who_reads_the_released() -> None:
    assert breaks(RELEASED, contract()) == []


@pytest.mark.parametrize("schema", [RELEASED, contract()])
def test_the_payload_is_as_both_say(schema: dict[str, Any]) -> None:
    checker = jsonschema.Draft202012Validator(schema)
    checker.check_schema(schema)
    checker.validate(json.loads(payload()))
    for example in schema["examples"]:
        checker.validate(example)


def row(schema: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = schema["$defs"]["Row"]
    return found


def open_version(schema: dict[str, Any]) -> None:
    del schema["properties"]["version"]["const"]
    schema["properties"]["version"]["enum"] = [1, 2]


def add_required(schema: dict[str, Any]) -> None:
    row(schema)["properties"]["n"] = {"type": "integer"}
    row(schema)["required"].append("n")


def rename_row(schema: dict[str, Any]) -> None:
    schema["$defs"]["Linje"] = schema["$defs"].pop("Row")
    schema["properties"]["rows"]["items"] = {"$ref": "#/$defs/Linje"}


BROKEN: dict[str, Change] = {
    "a field removed": lambda s: row(s)["properties"].pop("unmet"),
    "a field of a field removed": lambda s: s["$defs"]["Count"]["properties"].pop("skjult"),
    "required dropped": lambda s: row(s)["required"].remove("places"),
    "a type changed": lambda s: row(s)["properties"]["year"].update(type="string"),
    "a type widened": lambda s: row(s)["properties"]["year"].update(type=["integer", "null"]),
    "a type narrowed": lambda s: row(s)["properties"]["places"].update(type="integer"),
    "null is new": lambda s: s["properties"].update(footnote={"anyOf": [{"type": "string"}, {"type": "null"}]}),
    "null is gone": lambda s: s["$defs"]["Count"]["properties"].update(value={"type": "integer", "minimum": 0}),
    "another alternative": lambda s: s["$defs"]["Count"]["properties"]["value"]["anyOf"].append({"type": "string"}),
    "a constant changed": lambda s: s["properties"]["version"].update(const=2),
    "a constant opened": lambda s: s["properties"]["version"].pop("const"),
    "an enumeration opened": open_version,
    "a bound lowered": lambda s: row(s)["properties"]["places"].update(minimum=-1),
    "a bound gone": lambda s: s["$defs"]["Illustrative"]["properties"]["share"].pop("maximum"),
    "a form gone": lambda s: s["properties"]["input_hash"].pop("pattern"),
    "a form changed": lambda s: s["properties"]["generated_at"].update(format="date"),
    "items changed": lambda s: s["properties"]["years"]["items"].update(type="string"),
    "items gone": lambda s: s["properties"]["years"].pop("items"),
    "another shape behind a reference": lambda s: s["properties"]["rows"].update(items={"$ref": "#/$defs/Frame"}),
    "an unknown word": lambda s: s["properties"]["region"].update({"not": {"type": "null"}}),
}


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN.keys())
def test_what_breaks_readers_is_found(change: Change) -> None:
    broken = copy.deepcopy(RELEASED)
    change(broken)
    assert breaks(RELEASED, broken)


FINE: dict[str, Change] = {
    "nothing": lambda s: None,
    "a new field": lambda s: row(s)["properties"].update(waiting={"type": "integer"}),
    "a new field that is always there": add_required,
    "a field is always there now": lambda s: s["required"].append("version"),
    "other words": lambda s: s["properties"]["footnote"].update(description="Anderledes", title="X"),
    "a closer bound": lambda s: row(s)["properties"]["places"].update(minimum=1),
    "another name of a definition": rename_row,
    "alternatives in another order": lambda s: s["$defs"]["Count"]["properties"]["value"]["anyOf"].reverse(),
}


@pytest.mark.parametrize("change", FINE.values(), ids=FINE.keys())
def test_what_readers_can_bear_is_let_through(change: Change) -> None:
    fine = copy.deepcopy(RELEASED)
    change(fine)
    assert breaks(RELEASED, fine) == []


def test_enumerations_may_lose_values_and_not_gain() -> None:
    few, many = {"enum": ["a"]}, {"enum": ["a", "b"]}
    assert breaks(many, few) == [] and breaks(few, many) == ["#: ['b'] are new values"]


def test_schemas_that_refer_to_themselves_end() -> None:
    tree = {"$ref": "#/$defs/T", "$defs": {"T": {"type": "object", "properties": {"left": {"$ref": "#/$defs/T"}}}}}
    assert breaks(tree, copy.deepcopy(tree)) == []
