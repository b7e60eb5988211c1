"""The whole OpenAPI document, asked at random: no unexpected error, no answer that isn't described.

``KAPACITET_FUZZ=300`` asks each operation more often.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from kapacitet_api.access.keys import create_key
from kapacitet_api.access.principal import Scope
from kapacitet_api.app import create_app
from kapacitet_api.database import Database, open_database
from kapacitet_api.settings import Settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.api.conftest import Template, furnished
from tests.api.parties import OWN

EXAMPLES = int(os.environ.get("KAPACITET_FUZZ", "20"))
QUIET = hypothesis_settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)
DOCUMENT = create_app(Settings(), Database(Settings().url)).openapi()
OPERATIONS = [(path, method) for path, methods in DOCUMENT["paths"].items() for method in methods]


@schemathesis.serializer("application/zip", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
def as_bytes(ctx: Any, value: Any) -> bytes:
    """A body that is a file."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


@dataclass(frozen=True)
class World:
    """An application whose database all examples share.

    Attributes:
        shown: who asks -> the header that shows it.
        schema: the application's document, as schemathesis reads it.
    """

    shown: dict[str, dict[str, str]]
    schema: Any


@pytest.fixture(scope="module")
def world(sqlite_template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A furnished one."""
    settings = furnished(sqlite_template, tmp_path_factory.mktemp("beskrevet"))
    database = open_database(settings)
    with database.write() as connection:
        own = create_key(connection, "kommunen", [Scope.READ], "system", municipality=OWN)
    shown = {"secretariat": bearer(sqlite_template.keys[Scope.ADMIN]), "municipality": bearer(own), "nobody": {}}
    app = create_app(settings, database)
    yield World(shown, schemathesis.openapi.from_asgi("/openapi.json", app, headers=shown["secretariat"]))
    database.close()


def bearer(key: str) -> dict[str, str]:
    """The header that shows a key."""
    return {"Authorization": f"Bearer {key}"}


def check(world: World, path: str, method: str, headers: dict[str, str]) -> None:
    """Ask an operation at random, and let schemathesis judge each answer.

    That all it makes up must be accepted is left out: a scenario by a made up name isn't there.
    """

    @QUIET
    @given(case=world.schema[path][method].as_strategy())
    def asked(case: Any) -> None:
        case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance])

    asked()


@pytest.mark.parametrize("who", ["secretariat", "municipality", "nobody"])
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_as_described(world: World, path: str, method: str, who: str) -> None:
    check(world, path, method, world.shown[who])
