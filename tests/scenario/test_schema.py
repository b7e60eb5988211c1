"""The published schema of the scenario file."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kapacitet.scenario.catalogue import catalogue
from kapacitet.scenario.files import scenario_document
from kapacitet.scenario.schema import scenario_schema, schema_text

from .regions import asked
from .test_models import CONTRACT

COMMITTED = Path(__file__).parents[2] / "docs" / "scenario.schema.json"
VALIDATOR = Draft202012Validator(scenario_schema())


def test_committed_schema_is_up_to_date() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == schema_text(), (
        "run: python -m kapacitet.scenario.schema docs/scenario.schema.json"
    )


def test_module_writes_the_schema(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-m", "kapacitet.scenario.schema", str(tmp_path / "s.json")]
    subprocess.run(command, check=True)

    assert (tmp_path / "s.json").read_text(encoding="utf-8") == schema_text()


def test_schema_is_itself_valid() -> None:
    Draft202012Validator.check_schema(scenario_schema())


@pytest.mark.parametrize(
    "document",
    [
        {"name": "x", "region": "lille"},
        tomllib.loads(CONTRACT),
        scenario_document(asked(levers={"takst_reduction_by": {"kommune": {"2027": 0.02}, "region": 0.01}})),
    ],
)
def test_schema_accepts_what_the_models_accept(document: dict[str, Any]) -> None:
    VALIDATOR.validate(document)


@pytest.mark.parametrize(
    "document",
    [
        {"name": "x"},
        {"name": "x", "region": "lille", "nyt": 1},
        {"name": "x", "region": "lille", "costs": {"discount_rate": "3 %"}},
        {"name": "x", "region": "lille", "costs": {"discount_rate": 2}},
        {"name": "x", "region": "lille", "limits": {"staff": "soft"}},
        {"name": "x", "region": "lille", "levers": {"takst_reduction_by": {"privat": 0.1}}},
    ],
)
def test_schema_refuses_what_the_models_refuse(document: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid(document)


def test_every_key_is_described_in_danish_with_unit_and_source() -> None:
    schema = scenario_schema()
    for key, info in catalogue().items():
        section, _, name = key.partition(".")
        part = schema["properties"][section]
        if name:
            part = schema["$defs"][part["$ref"].rsplit("/", 1)[1]]["properties"][name]
        assert (part["title"], part["description"]) == (info.title, info.explanation), key
        assert (part["unit"], part["source"]) == (info.unit, info.source), key
