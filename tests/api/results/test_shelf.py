"""What is kept stays within its bytes, is made once however many ask, and comes back after a failure."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from kapacitet_api.results.shelf import Shelf


def test_bytes_are_bounded_and_the_latest_used_are_kept() -> None:
    shelf, made = Shelf(100), []

    def ask(key: str) -> bytes:
        def make() -> bytes:
            made.append(key)
            return b" " * 40

        return shelf.get(key, make, len)

    for key in ("a", "b", "a", "c", "a", "b"):
        ask(key)
        assert shelf.held <= 100
    assert made == ["a", "b", "c", "b"]
    assert len(shelf.get("large", lambda: b" " * 500, len)) == 500 and shelf.held <= 100


def test_made_once_by_many() -> None:
    shelf, made = Shelf(100), []

    def make() -> str:
        time.sleep(0.05)
        made.append(threading.get_ident())
        return "x"

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: shelf.get("k", make, len), range(8))) == {"x"}
    assert len(made) == 1


def test_a_failure_is_not_kept() -> None:
    shelf = Shelf(100)

    def fail() -> str:
        raise ValueError

    with pytest.raises(ValueError):
        shelf.get("k", fail, len)
    assert shelf.get("k", lambda: "x", len) == "x"
