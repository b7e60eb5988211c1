"""Moving windows in memory that can't grow beyond a number of addresses, however many there are."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque

from limits.storage import MemoryStorage


class Windows(MemoryStorage):
    """Storage of ``limits`` for its moving window, with the least recently seen forgotten first.

    The library's own goes through all there is every hundredth of a second, and keeps all.
    """

    STORAGE_SCHEME = ["kapacitet"]  # noqa: RUF012 - the library's registry wants a list

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most, self._guard = most, threading.Lock()
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Note ``amount`` more within ``expiry`` seconds, if that isn't above ``limit``."""
        now = time.monotonic()
        with self._guard:
            times = self._times.setdefault(key, deque())
            self._times.move_to_end(key)
            while times and times[0] <= now - expiry:
                times.popleft()
            fits = len(times) + amount <= limit
            if fits:
                times.extend([now] * amount)
            self._forget(now - expiry)
        return fits

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """When the oldest was noted (``time.time``), and how many there are."""
        now = time.monotonic()
        with self._guard:
            within = [at for at in self._times.get(key, ()) if at > now - expiry]
        return time.time() - (now - within[0] if within else 0.0), len(within)

    def __len__(self) -> int:
        return len(self._times)

    def _forget(self, before: float) -> None:
        """Drop those beyond the number, and those of whom nothing is within the window."""
        while self._times:
            oldest = next(iter(self._times.values()))
            if len(self._times) <= self._most and oldest and oldest[-1] > before:
                return
            self._times.popitem(last=False)
