"""Measurements of this project against itself: every figure is a median of one run on one machine."""
