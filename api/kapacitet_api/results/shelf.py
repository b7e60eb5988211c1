"""What has been made lately and can be needed again, bounded in bytes; nothing is made twice at the same time."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any


class Shelf:
    """The least recently used goes first. Values are shared: whoever gets one must not change it."""

    def __init__(self, most_bytes: int) -> None:
        self._most, self._held = most_bytes, 0
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    @property
    def held(self) -> int:
        """Bytes now."""
        return self._held

    def get[Value](self, key: Hashable, make: Callable[[], Value], size: Callable[[Value], int]) -> Value:
        """The value of ``key``, made where it isn't there; one larger than the shelf is made each time."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                found: Value = self._kept[key][0]
                return found
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                if key in self._kept:
                    found = self._kept[key][0]
                    return found
            try:
                value = make()
                self._put(key, value, size(value))
            finally:
                with self._lock:
                    self._making.pop(key, None)
            return value

    def _put(self, key: Hashable, value: Any, bytes_: int) -> None:
        with self._lock:
            if bytes_ > self._most:
                return
            self._kept[key] = (value, bytes_)
            self._held += bytes_
            while self._held > self._most:
                _, (_, freed) = self._kept.popitem(last=False)
                self._held -= freed
