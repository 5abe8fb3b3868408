"""Findings that a program's owners accept for a time."""
