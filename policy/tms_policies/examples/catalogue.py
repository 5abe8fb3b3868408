"""Every example, by rule; each module beside this one gives those of the rule module of its name."""

import importlib
import pkgutil
from collections.abc import Iterator

from tms_policies import examples
from tms_policies.examples.model import Example


def _given() -> Iterator[Example]:
    for module in pkgutil.iter_modules(examples.__path__):
        if module.name not in ("catalogue", "documents", "model", "snippets"):
            yield from importlib.import_module(f"{examples.__name__}.{module.name}").EXAMPLES


EXAMPLES: dict[str, Example] = {one.rule: one for one in _given()}
