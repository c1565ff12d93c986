"""Trains the small model of how practices are asserted: `python -m yuqi.training`."""
