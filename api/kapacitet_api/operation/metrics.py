"""Prometheus metrics: this process's requests, and the runs and workers as the database has them."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, GCCollector, Histogram, ProcessCollector
from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from kapacitet_api.database import UNREACHABLE, Database
from kapacitet_api.operation import repository

REQUEST_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
RUN_SECONDS = (5, 10, 30, 60, 120, 300, 600, 1800, 3600)
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class Requests:
    """What this process has answered."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._answered = Counter(
            "kapacitet_requests", "Requests answered.", ["route", "method", "status"], registry=registry
        )
        self._seconds = Histogram(
            "kapacitet_request_seconds",
            "Seconds to the first byte of an answer.",
            ["route"],
            buckets=REQUEST_SECONDS,
            registry=registry,
        )

    def note(self, route: str, method: str, status: int, seconds: float) -> None:
        """A request is answered."""
        self._answered.labels(route, method if method in METHODS else "(other)", str(status)).inc()
        self._seconds.labels(route).observe(seconds)


class Runs(Collector):
    """Runs, queue and workers, read when they are asked for: the same whichever process answers."""

    def __init__(self, database: Database, dead_after: float) -> None:
        self._database, self._dead_after = database, dead_after

    def describe(self) -> list[Metric]:
        """Nothing, so that registering reads no database."""
        return []

    def collect(self) -> Iterator[Metric]:
        """The families; those that need the database are left out while it is away, and ``up`` tells so."""
        up = GaugeMetricFamily("kapacitet_database_up", "Whether the database answers.")
        try:
            with self._database.read() as connection:
                facts = repository.facts(connection, RUN_SECONDS, self._dead_after)
        except UNREACHABLE:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        states = GaugeMetricFamily("kapacitet_runs", "Runs by state.", labels=["state"])
        for state, count in facts.states.items():
            states.add_metric([state], count)
        yield states
        yield GaugeMetricFamily(
            "kapacitet_queue_oldest_seconds", "Age of the oldest run that waits; 0 if none does.", facts.oldest
        )
        yield GaugeMetricFamily("kapacitet_workers", "Workers that give signs of life.", facts.workers)
        yield GaugeMetricFamily("kapacitet_database_bytes", "Size of the database.", facts.size)
        solved = HistogramMetricFamily("kapacitet_run_seconds", "Seconds from a run's beginning to its end.")
        buckets = [(str(float(limit)), count) for limit, count in zip(RUN_SECONDS, facts.within, strict=True)]
        solved.add_metric([], [*buckets, ("+Inf", facts.solved)], facts.seconds)
        yield solved


def registry_of(database: Database, dead_after: float) -> tuple[CollectorRegistry, Requests]:
    """A registry of an application's own, and where its requests are noted."""
    registry = CollectorRegistry(auto_describe=False)
    ProcessCollector(registry=registry)
    GCCollector(registry=registry)
    registry.register(Runs(database, dead_after))
    return registry, Requests(registry)
