"""A program that violates every rule of the policy pack at least once."""

import importlib
import pkgutil

import faults

for module in pkgutil.iter_modules(faults.__path__):
    if module.name != "common":
        importlib.import_module(f"faults.{module.name}").plant()
