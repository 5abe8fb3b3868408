"""Planted faults by topic: each module has `plant()` and, as `EXPECTED`, what is reported of it."""
