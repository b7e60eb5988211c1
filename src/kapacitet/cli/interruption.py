"""Ctrl-C, SIGTERM and a closed terminal: the first asks for what there is so far, the second gives up."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from types import FrameType, TracebackType
from typing import Any, Self

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


class GivenUp(BaseException):
    """Raised by the second signal, with what the user is told; no ``except Exception`` on the way holds it back."""


class Interruption:
    """While it is entered, a first of :data:`SIGNALS` makes :meth:`asked` true, a second raises :class:`GivenUp`.

    To be entered in the main thread; the handlers before it are put back at the end. What was told to be ignored
    (``nohup``) stays so.
    """

    def __init__(self, keeps: str, given_up: str = "Intet er skrevet.") -> None:
        """``keeps`` is what the command keeps at the first signal, ``given_up`` a sentence on what is left after the
        second, both in Danish."""
        self._first = f"\nStandser og beholder {keeps}. Tryk Ctrl-C igen for at afbryde helt.\n".encode()
        self._given_up = given_up
        self._asked = False
        self._before: dict[int, Any] = {}

    def asked(self) -> bool:
        """Whether the work shall stop with what it has."""
        return self._asked

    def __enter__(self) -> Self:
        wanted = [number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
        self._before = {number: signal.signal(number, self._heard) for number in wanted}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _heard(self, _number: int, _frame: FrameType | None) -> None:
        if self._asked:
            raise GivenUp(f"Afbrudt. {self._given_up}")
        self._asked = True
        with suppress(OSError):  # nobody may be left to read it
            os.write(2, self._first)  # safe inside a signal handler, unlike print
