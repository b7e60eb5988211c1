"""An explanation in the making: it asks for jobs, is told what came of them, and asks again until it can answer."""

from __future__ import annotations

from collections.abc import Generator, Mapping

import pandas as pd

from kapacitet.insight.many import Answer, Job

Ask = Mapping[str, Job]
"""Jobs by key; the same key is the same job, whoever asks."""
Told = Mapping[str, Answer]
"""Answers by key; what failed, or wasn't begun before it was all stopped, is missing."""
Tables = dict[str, pd.DataFrame]
Section = Generator[Ask, Told, Tables]
