"""Hands at the console: what the settings describe is made call by call, and no state knows of it."""
