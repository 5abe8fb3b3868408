"""Settings of the delivery, out of its stack file and that of the delivered stack."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pulumi
from pydantic import ValidationError

from components.delivery.models import DeliveryFile, GitHub, State
from components.settings import Settings, SettingsError, read, refusals
from components.settings.derived import StackConfig, decoded
from components.settings.draft import ACCOUNTS, REGION
from components.settings.load import lines_of, logged, running_config, sections_of
from components.settings.storage import CustomerKey

PROJECT = "trade-matching-delivery"


@dataclass(frozen=True, kw_only=True, slots=True)
class DeliverySettings:
    """Everything that the delivery's program reads.

    Attributes:
        region: The region of the delivered stack.
        account: Its account.
        tags: Tags of every resource of the delivery.
        system: The settings of the stack that is delivered.
        name: What the names of roles and policies start with.
        github: The repository whose jobs deliver.
        state: The state's bucket.
        key: The key of the state's secrets.
        boundary: Boundary of the delivery's own roles.
    """

    region: str
    account: str
    tags: Mapping[str, str]
    system: Settings
    name: str
    github: GitHub
    state: State
    key: CustomerKey
    boundary: str | None


SECTIONS = [
    field.alias or name
    for name, field in DeliveryFile.model_fields.items()
    if name not in ("region", "account")
]
"""The keys of a stack file, without the project's name."""


def parse(
    config: Mapping[str, Any], file: str, root: Path, secrets: Collection[str] = ()
) -> DeliverySettings:
    """Return the settings that a config holds.

    Args:
        config: All config of the stack by full key, structured values as JSON texts or as they are.
        file: The stack file, as it appears in every line of an error.
        root: The folder of the system's project, whose stack files are read.
        secrets: Keys whose values are encrypted in the file.

    Raises:
        SettingsError: Anything is missing, unknown, of the wrong type or contradictory; one line each.
    """
    decoded_values = {key: decoded(value) for key, value in config.items() if value != ""}
    whole = StackConfig(decoded_values, file, secrets)
    sections, lines = sections_of(whole, PROJECT, SECTIONS)
    wrong: set[object] = set()
    content: DeliveryFile | None = None
    try:
        content = DeliveryFile.model_validate(sections)
    except ValidationError as failure:
        lines += lines_of(failure, DeliveryFile, whole, PROJECT, "stacks/delivery/Pulumi.yaml")
        wrong = {error["loc"][0] for error in failure.errors()}
    system: Settings | None = None
    if "system" not in wrong:
        try:
            system = read(sections["system"], root)
        except SettingsError as error:  # what is wrong there keeps its own file's name
            lines += error.lines
    if system and not wrong & {REGION, ACCOUNTS}:
        lines += [f"{file}: {line}" for line in _contradictions(system, sections)]
    if lines or content is None or system is None:
        raise SettingsError(lines)
    return DeliverySettings(
        region=content.region,
        account=content.account,
        tags=content.tags,
        system=system,
        name=content.name,
        github=content.github,
        state=content.state,
        key=content.key,
        boundary=content.permissions_boundary_arn,
    )


def _contradictions(system: Settings, sections: Mapping[str, Any]) -> list[str]:
    """Return a line for each value that does not fit the delivered stack."""
    (account,) = sections[ACCOUNTS]
    lines = [
        f"{key}: {refusals.display(value)} is refused; allowed is {allowed}, where the delivered stack lives"
        for key, value, allowed in (
            (ACCOUNTS, account, system.account),
            (REGION, sections[REGION], system.region),
        )
        if value != allowed
    ]
    if "Project" not in system.tags:
        lines.append(
            f"{PROJECT}:system: is refused; its stack needs the tag Project, which tells its keys apart"
        )
    return lines


def load() -> DeliverySettings:
    """Return the settings of the running stack.

    Raises:
        pulumi.RunError: Settings were refused; every refusal was logged as a line of its own by then.
    """
    config, secrets = running_config()
    root = Path(__file__).resolve().parents[2]
    try:
        return parse(config, f"Pulumi.{pulumi.get_stack()}.yaml", root, secrets)
    except SettingsError as error:
        raise logged(error) from None
