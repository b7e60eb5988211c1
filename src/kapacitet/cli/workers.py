"""Who solves the futures: this process, worker processes of this machine, or a Dask cluster."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from kapacitet.faults import Fault, FaultyInput
from kapacitet.planning.processes import Processes

CONNECT_SECONDS = 10


@contextmanager
def solving(workers: int | None, dask: str | None) -> Iterator[Executor | None]:
    """An executor for the block: ``workers`` processes, or the cluster whose scheduler is at ``dask``; else None.

    Raises:
        FaultyInput: both are asked for, dask isn't installed, or nobody answers at the address.
    """
    if workers and dask:
        raise FaultyInput([_fault("--workers og --dask kan ikke bruges sammen.", "Vælg den ene.")])
    if dask:
        with _cluster(dask) as executor:
            yield executor
    elif workers:
        with Processes(workers) as executor:
            yield executor
    else:
        yield None


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError:
        fault = _fault("Dask er ikke installeret.", "Installér kapacitet med tilvalget cluster: kapacitet[cluster].")
        raise FaultyInput([fault]) from None
    try:
        client = distributed.Client(address, timeout=CONNECT_SECONDS)
    except (OSError, ValueError):
        fault = _fault(f"Ingen Dask-planlægger svarer på {address}.", "Se efter adressen, fx tcp://10.0.0.5:8786.")
        raise FaultyInput([fault]) from None
    with client:
        yield client.get_executor(pure=False)


def _fault(message: str, mend: str) -> Fault:
    return Fault(message, mend, table="kommandolinje")
