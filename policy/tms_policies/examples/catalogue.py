"""Every example, by rule: `rules/<module>_examples.py` shows the rules of `rules/<module>.py`."""

import importlib
import pkgutil
from collections.abc import Iterator

from tms_policies import rules
from tms_policies.catalogue import EXAMPLES as SUFFIX
from tms_policies.examples.model import Example


def _examples() -> Iterator[Example]:
    for module in pkgutil.iter_modules(rules.__path__):
        if module.name.endswith(SUFFIX):
            yield from importlib.import_module(f"{rules.__name__}.{module.name}").EXAMPLES


EXAMPLES: dict[str, Example] = {example.rule: example for example in _examples()}
