"""What is shipped and what is pinned agree with what lies in the repository."""

import tomllib
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name
from packaging.version import Version

from tests.project import ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
WHEEL: dict[str, Any] = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
DECLARED = [
    Requirement(line)
    for line in (
        PROJECT["project"]["dependencies"]
        + [line for extra in PROJECT["project"]["optional-dependencies"].values() for line in extra]
    )
]


def pins() -> dict[NormalizedName, Version]:
    """constraints.txt as canonical name -> version; every line must be an exact pin."""
    result = {}
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines():
        name, separator, version = line.partition("==")
        assert separator, f"constraints.txt has a line that is no pin: {line}"
        result[canonicalize_name(name)] = Version(version)
    return result


@pytest.mark.parametrize("requirement", DECLARED, ids=lambda requirement: requirement.name)
def test_each_requirement_is_pinned_inside_its_bounds(requirement: Requirement) -> None:
    version = pins().get(canonicalize_name(requirement.name))
    assert version is not None, f"{requirement.name} is missing in constraints.txt"
    assert version in requirement.specifier


@pytest.mark.parametrize(
    ("folder", "target"),
    [("data/regions", "kapacitet/_data/regions"), ("models", "kapacitet/_data/models")],
)
def test_shipped_data_are_in_the_wheel(folder: str, target: str) -> None:
    shipped = WHEEL.get("force-include", {}).get(folder)
    assert shipped == (target if (ROOT / folder).is_dir() else None)


@pytest.mark.parametrize("folder", ["src/kapacitet", "api/kapacitet_api"])
def test_each_package_is_shipped_and_type_checked(folder: str) -> None:
    exists = (ROOT / folder).is_dir()
    assert (folder in WHEEL["packages"]) == exists
    assert (folder.split("/")[0] in PROJECT["tool"]["mypy"]["files"]) == exists


def test_the_licence_is_the_whole_eupl() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert PROJECT["project"]["license"] == "EUPL-1.2"
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert text.rstrip().endswith(
        "All other changes or additions to this Appendix require the production of a new EUPL version."
    )
