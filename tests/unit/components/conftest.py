from typing import Any

import pulumi
import pytest

from tests.support.stackfile import everything, registered, stack_config

Resource = pulumi.runtime.MockResourceArgs


@pytest.fixture(scope="session")
def production() -> list[Resource]:
    """Give all that the program registers for the production stack file."""
    return registered(stack_config("production"))


@pytest.fixture(scope="session")
def by_name(production: list[Resource]) -> dict[str, dict[str, Any]]:
    """Give the inputs of every AWS resource by its logical name."""
    return {resource.name: resource.inputs for resource in production if resource.typ.startswith("aws:")}


@pytest.fixture(scope="session")
def complete() -> dict[str, dict[str, Any]]:
    """Give the inputs of every AWS resource by its logical name, of a stack with everything switched on."""
    return {
        resource.name: resource.inputs
        for resource in registered(everything("local"), "local")
        if resource.typ.startswith("aws:")
    }
