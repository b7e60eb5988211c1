"""Every example in the OpenAPI document of this domain is sent, and answered as the document says; curl lines too."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from kapacitet_api.access.keys import create_key
from kapacitet_api.access.principal import Scope
from kapacitet_api.app import create_app
from kapacitet_api.database import open_database
from kapacitet_api.regions.stored import region_archive
from kapacitet_api.serving import prepare
from kapacitet_api.settings import Settings
from starlette.testclient import TestClient

from kapacitet.region import load_region, shipped_region, workbook_bytes
from kapacitet.scenario.presets import list_presets

DOCS = Path(__file__).parents[3] / "docs" / "api" / "data.md"
EXAMPLES = Path(__file__).parents[3] / "docs" / "eksempler"
DOMAINS = ("regions", "scenarios", "settlements")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service as it is at its first start."""
    settings = Settings(data=tmp_path_factory.mktemp("ny"))
    prepare(settings)
    database = open_database(settings)
    with database.write() as connection:
        key = create_key(connection, "plan", [Scope.PLAN], "system")
    with TestClient(create_app(settings, database), raise_server_exceptions=False) as client:
        client.headers["Authorization"] = f"Bearer {key}"
        yield client
    database.close()


def test_every_example_is_answered_as_documented(shipped: TestClient) -> None:
    document = shipped.get("/openapi.json").json()
    sent = 0
    for path, methods in document["paths"].items():
        if path.split("/")[3:4] not in [[name] for name in DOMAINS]:
            continue
        for method, route in methods.items():
            assert all(str(status) in route["responses"] for status in (401, 403, 422, 503)), path
            success = min(status for status in route["responses"] if status.startswith("2"))
            for kind, body in route.get("requestBody", {}).get("content", {}).items():
                if "example" not in body:
                    assert body["schema"]["format"] == "binary"
                    continue
                sent += _send(shipped, method, path, kind, body["example"], route["responses"])
            assert method != "get" or success == "200"
    assert sent == 8


def _send(client: TestClient, method: str, path: str, kind: str, example: Any, documented: Any) -> int:
    url, headers, params = path, {"Content-Type": kind}, {}
    if "{id}" in path:
        made = client.get("/api/v1/scenarios/eksempel")
        if made.status_code == 404:
            made = client.post("/api/v1/scenarios", json={"id": "eksempel", "base": "basis"})
        url = path.replace("{id}", "eksempel")
        headers["If-Match"] = client.get("/api/v1/scenarios/eksempel").headers["etag"]
    elif path.endswith("/scenarios") and isinstance(example, str):
        params["id"] = "fra_toml"
    content = {"content": example.encode()} if isinstance(example, str) else {"json": example}
    answer = client.request(method, url, headers=headers, params=params, **content)
    assert answer.status_code in (200, 201) and str(answer.status_code) in documented, (path, kind, answer.text)
    return 1


def test_answers_are_as_their_schemas(shipped: TestClient) -> None:
    """What is told of regions, datasets and scenarios has the fields that are documented, and the counts are true."""
    region = load_region(shipped_region("syddanmark"))
    found = shipped.get("/api/v1/regions/syddanmark").json()
    assert found["counts"] == {name: len(region.tables[name]) for name in found["counts"]}
    dataset = shipped.get("/api/v1/regions/syddanmark/datasets/1").json()
    assert dataset["input_hash"] == region.content_hash and dataset["warning_count"] == len(region.warnings)
    presets = shipped.get("/api/v1/scenarios?preset=true&limit=200").json()["items"]
    for one in presets:
        whole = shipped.get(f"/api/v1/scenarios/{one['id']}").json()
        assert whole["effective"]["name"] == one["name"] and not whole["faults"]
    assert {one["id"] for one in presets} == {one.id for one in list_presets("syddanmark")}


def commands() -> list[str]:
    """The curl commands of the documentation, continued lines joined."""
    text = DOCS.read_text(encoding="utf-8").replace("\\\n", " ")
    return [
        line.strip()
        for block in re.findall(r"```\n(.*?)```", text, re.DOTALL)
        for line in block.splitlines()
        if line.startswith("curl")
    ]


def test_the_curl_lines_are_true(shipped: TestClient, tmp_path: Path) -> None:
    """Each command of the documentation in its order, with the files that it names."""
    files = {
        "syddanmark.xlsx": workbook_bytes(load_region(shipped_region("syddanmark"))),
        "syddanmark.zip": region_archive(shipped_region("syddanmark")),
        "docs/eksempler/settle.toml": (EXAMPLES / "settle.toml").read_bytes(),
    }
    found = commands()
    assert len(found) >= 12
    tag = ""
    for command in found:
        words = iter(shlex.split(command)[1:])
        method, url, headers, body = "GET", "", {}, None
        for word in words:
            if word in ("-H", "--header"):
                name, value = next(words).split(":", 1)
                headers[name] = value.strip().replace("$ETAG", tag)
            elif word in ("-d", "--data", "--data-binary"):
                text = next(words)
                body = files.get(text[1:]) if text.startswith("@") else text.encode()
                if body is None:
                    body = (tmp_path / text[1:]).read_bytes()
                method = "POST"
            elif word == "-o":
                next(words)
            elif word == "-X":
                method = next(words)
            elif not word.startswith("-"):
                url = word.replace("$KAP", "")
        assert headers.pop("Authorization") == "Bearer $KEY", command
        answer = shipped.request(method, url, headers=headers, content=body)
        assert answer.status_code in (200, 201), (command, answer.text[:1000])
        if "scenarios/" in url and "etag" in answer.headers:
            tag = answer.headers["etag"]
        (tmp_path / "mit.toml").write_bytes(answer.content if "format=toml" in url else b"")
