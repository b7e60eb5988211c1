"""Tests of the need for places."""
