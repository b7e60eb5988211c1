"""The executor under the name by which the second stage knows it."""

from kapacitet.planning.processes import Processes as Processes
