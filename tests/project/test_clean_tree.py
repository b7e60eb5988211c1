"""The repository works anywhere: no file names a package registry or a path of one machine."""

import re
import shutil
import subprocess

import pytest

from tests.project import ROOT

REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|npmjs\.(?:org|com)|crates\.io|anaconda\.org|proxy\.golang"
    r"|(?:docker|ghcr|quay)\.io",
    re.IGNORECASE,
)
MACHINE_PATH = re.compile(r"(?<![\w./-])/(?:work|root|home|Users|opt/pypi\w*|tmp/\w+)/|\b[A-Z]:\\Users\\|[.]pyenv/")


def tracked_text() -> dict[str, str]:
    """Text files that are in git or would be added to it, by path; binary files are left out."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("no git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    contents = {}
    for name in listed.stdout.decode().split("\0"):
        path = ROOT / name
        if name and path.is_file():
            data = path.read_bytes()
            if b"\0" not in data:
                contents[name] = data.decode("utf-8", errors="replace")
    return contents


@pytest.mark.parametrize("pattern", [REGISTRY, MACHINE_PATH], ids=["registry", "machine path"])
def test_no_file_names_a_registry_or_a_machine_path(pattern: re.Pattern[str]) -> None:
    found = [
        f"{name}:{text.count(chr(10), 0, hit.start()) + 1}: {hit.group()}"
        for name, text in tracked_text().items()
        for hit in pattern.finditer(text)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("text", ["https://files.pythonhosted" + ".org/x", "//docker" + ".io/y"])
def test_registry_hosts_are_seen(text: str) -> None:
    assert REGISTRY.search(text)


@pytest.mark.parametrize("text", ["see /" + "home/eva/x", "'/" + "root/x'", "C:" + "\\Users\\eva"])
def test_machine_paths_are_seen(text: str) -> None:
    assert MACHINE_PATH.search(text)


@pytest.mark.parametrize("text", ["https://example.dk/work/1", "../home/x", "docs/work/x"])
def test_other_paths_are_let_be(text: str) -> None:
    assert not MACHINE_PATH.search(text)
