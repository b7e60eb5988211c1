"""The result folder: whole or not at all, nothing of the user's lost, nothing outside it touched."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from kapacitet.cli import folder as folders
from kapacitet.cli.folder import FILES, MARKER, refuse_unfit, staging
from kapacitet.faults import FaultyInput


def put(target: Path, *names: str) -> None:
    """Place a result of these files at ``target``."""
    with staging(target) as stage:
        for name in names:
            (stage.folder / name).write_text(name, encoding="utf-8")
        (stage.folder / MARKER).write_text(json.dumps({FILES: [MARKER, *names]}), encoding="utf-8")
        stage.place()


def found(target: Path) -> set[str]:
    return {path.name for path in target.iterdir()}


def test_a_new_folder_and_its_parents(tmp_path: Path) -> None:
    put(tmp_path / "a" / "b" / "plan", "builds.csv")
    assert found(tmp_path / "a" / "b" / "plan") == {MARKER, "builds.csv"}
    assert found(tmp_path / "a" / "b") == {"plan"}
    mask = os.umask(0)
    os.umask(mask)
    assert (tmp_path / "a" / "b" / "plan").stat().st_mode & 0o777 == 0o777 & ~mask


def test_nothing_is_left_if_it_is_not_placed(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), staging(tmp_path / "a" / "plan") as stage:
        (stage.folder / "x").write_text("x")
        raise RuntimeError
    assert found(tmp_path) == set()


def test_an_older_result_goes_and_what_the_user_laid_there_stays(tmp_path: Path) -> None:
    target = tmp_path / "plan"
    put(target, "builds.csv", "service_hours.csv")
    (target / "noter.docx").write_text("mine")
    (target / "bilag").mkdir()
    put(target, "builds.csv")
    assert found(target) == {MARKER, "builds.csv", "noter.docx", "bilag"}
    assert found(tmp_path) == {"plan"}


def test_a_list_of_files_cannot_reach_outside(tmp_path: Path) -> None:
    target, outside = tmp_path / "plan", tmp_path / "hemmelig.txt"
    outside.write_text("x")
    target.mkdir()
    (target / MARKER).write_text(json.dumps({FILES: ["../hemmelig.txt", str(outside), 7, "sub/x"]}))
    put(target, "builds.csv")
    assert outside.exists()
    assert found(target) == {MARKER, "builds.csv"}


@pytest.mark.parametrize("text", ["", "[]", "{", '{"files": 3}'])
def test_a_spoilt_marker_is_overwritten(tmp_path: Path, text: str) -> None:
    target = tmp_path / "plan"
    target.mkdir()
    (target / MARKER).write_text(text)
    put(target, "builds.csv")
    assert found(target) == {MARKER, "builds.csv"}


def test_a_folder_that_cannot_be_renamed_is_filled_file_by_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "plan"
    put(target, "old.csv")
    (target / "noter.txt").write_text("mine")
    rename = Path.rename

    def mounted(self: Path, new: Path) -> Path:
        if self == target:
            raise OSError(16, "Device or resource busy")
        return rename(self, new)

    monkeypatch.setattr(Path, "rename", mounted)
    put(target, "new.csv")
    assert found(target) == {MARKER, "new.csv", "noter.txt"}
    assert found(tmp_path) == {"plan"}


def test_where_only_the_folder_itself_may_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "plan"
    target.mkdir()
    made = folders.tempfile.mkdtemp

    def beside_refused(*, prefix: str, dir: Path) -> str:
        if dir == tmp_path:
            raise PermissionError(13, "Permission denied", str(dir))
        return made(prefix=prefix, dir=dir)

    monkeypatch.setattr(folders.tempfile, "mkdtemp", beside_refused)
    put(target, "builds.csv")
    assert found(target) == {MARKER, "builds.csv"}


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "rigtig").mkdir()
    link = tmp_path / "plan"
    link.symlink_to(tmp_path / "rigtig")
    put(link, "builds.csv")
    assert link.is_symlink() and found(tmp_path / "rigtig") == {MARKER, "builds.csv"}


def test_unfit_places(tmp_path: Path) -> None:
    file, full = tmp_path / "fil", tmp_path / "mappe"
    file.write_text("x")
    full.mkdir()
    (full / "brev.txt").write_text("x")
    with pytest.raises(FaultyInput, match="er en fil, ikke en mappe"):
        refuse_unfit(file, force=True)
    with pytest.raises(FaultyInput, match="overskrives ikke"):
        refuse_unfit(full, force=False)
    refuse_unfit(full, force=True)
    refuse_unfit(tmp_path / "ny", force=False)
    with pytest.raises(FaultyInput, match="kan ikke skrives"), staging(file / "plan"):
        pass
    put(full, "builds.csv")
    assert found(full) == {"brev.txt", MARKER, "builds.csv"}
    refuse_unfit(full, force=False)
