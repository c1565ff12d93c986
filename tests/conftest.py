"""What holds for every test."""

from __future__ import annotations

from hypothesis import settings

# A machine that does something else as well is no fault of the code: time is measured by benchmarks.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
