"""Data go one way: the contracts in pyproject.toml hold, and they would notice a look back."""

import shutil
import subprocess
import sysconfig
from pathlib import Path

from tests.project import ROOT


def lint_imports(folder: Path, *extra_path: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter in ``folder``; packages are looked for there before the installed ones."""
    script = Path(sysconfig.get_path("scripts")) / "lint-imports"
    return subprocess.run(
        [str(script), "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": ":".join(str(path) for path in extra_path), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_layers_hold() -> None:
    done = lint_imports(ROOT, ROOT / "src", ROOT / "api")
    assert done.returncode == 0, done.stdout + done.stderr


def fake_package(folder: Path, modules: dict[str, str]) -> Path:
    """A small package named kapacitet under the project's contracts, beside an empty service."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "kapacitet_api").mkdir()
    (folder / "kapacitet_api" / "__init__.py").touch()
    for name, text in {"__init__": "", "faults": "", **modules}.items():
        path = folder / "kapacitet" / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return folder


def test_a_look_back_is_broken(tmp_path: Path) -> None:
    folder = fake_package(tmp_path, {"region": "import kapacitet.planning\n", "planning": ""})
    done = lint_imports(folder, folder)
    assert done.returncode != 0
    assert "kapacitet.region -> kapacitet.planning" in done.stdout


def test_a_look_up_at_the_service_is_broken(tmp_path: Path) -> None:
    folder = fake_package(tmp_path, {"insight": "import kapacitet_api\n"})
    done = lint_imports(folder, folder)
    assert done.returncode != 0
    assert "kapacitet.insight -> kapacitet_api" in done.stdout


def test_a_package_without_a_layer_is_broken(tmp_path: Path) -> None:
    folder = fake_package(tmp_path, {"elsewhere": ""})
    done = lint_imports(folder, folder)
    assert done.returncode != 0
    assert "elsewhere" in done.stdout + done.stderr
