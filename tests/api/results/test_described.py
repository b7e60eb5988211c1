"""What is answered is what the description of the service says can be."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from kapacitet_api.access.principal import Scope
from starlette.testclient import TestClient

from tests.api.requests.asked import Asked
from tests.api.requests.dashboard import REQUESTS as DASHBOARD
from tests.api.requests.results import REQUESTS as RESULTS
from tests.api.requests.sweeps import REQUESTS as SWEEPS

ASKED: dict[str, Asked] = {**RESULTS, **SWEEPS, **DASHBOARD}


def described(client: TestClient) -> dict[str, Any]:
    """Operations by the route's name, with the whole document to resolve references in."""
    document: dict[str, Any] = client.get("/openapi.json").json()
    return {each["operationId"]: each for path in document["paths"].values() for each in path.values()} | {
        "": document
    }


@pytest.mark.usefixtures("finished")
@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_every_answer_is_as_described(anonymous: TestClient, keys: dict[Scope, str]) -> None:
    anonymous.headers["Authorization"] = f"Bearer {keys[Scope.ADMIN]}"
    operations = described(anonymous)
    for name, one in ASKED.items():
        answer = anonymous.request(one.method, one.path, json=one.content)
        told = operations[name]["responses"][str(answer.status_code)]["content"]
        kind = answer.headers["content-type"].split(";")[0]
        assert kind in told, (name, kind)
        if "json" in kind:
            schema = {**told[kind]["schema"], "components": operations[""]["components"]}
            jsonschema.Draft202012Validator(schema).validate(answer.json())


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_examples_are_as_described(client: TestClient) -> None:
    components = described(client)[""]["components"]
    checked = 0
    for name, schema in components["schemas"].items():
        for example in schema.get("examples", ()):
            jsonschema.Draft202012Validator({**schema, "components": components}).validate(example)
            checked += 1
        assert name
    assert checked >= 10
