"""Pulumi.yaml is where users look settings up: it names every key."""

import re

import pytest
import yaml
from pydantic import BaseModel

from components.settings import (
    Agent,
    AuditBucket,
    DocumentsBucket,
    Encryption,
    Index,
    Model,
    Prefix,
    Queue,
    Table,
)
from components.settings.audit_trail import AuditTrailSettings
from components.settings.cost import Anomalies, CostSettings
from components.settings.ingest import IngestSettings
from components.settings.network import NetworkSettings
from components.settings.observability import ObservabilitySettings, Thresholds
from components.settings.reference import page
from components.settings.storage import Attribute, CrossAccountReader, CustomerKey, LocalIndex
from tests.support.stackfile import ROOT

MODELS = (Anomalies, Attribute, CrossAccountReader, Index, LocalIndex, Model, Prefix, Thresholds)
SECTIONS_OF: dict[str, type[BaseModel]] = {
    "tables": Table,
    "documents": DocumentsBucket,
    "audit": AuditBucket,
    "auditTrail": AuditTrailSettings,
    "cost": CostSettings,
    "queues": Queue,
    "agents": Agent,
    "encryption": Encryption,
    "ingest": IngestSettings,
    "key": CustomerKey,
    "network": NetworkSettings,
    "observability": ObservabilitySettings,
}


def written_in(model: type[BaseModel]) -> set[str]:
    """Give every key that a model and the models inside it know, as users write them."""
    keys: set[str] = set()
    for name, field in model.model_fields.items():
        keys.add(field.alias or name)
        inside = re.findall(r"components\.settings\.\w+\.(\w+)", str(field.annotation))
        keys |= {key for kind in MODELS if kind.__name__ in inside for key in written_in(kind)}
    return keys


@pytest.mark.parametrize(("section", "model"), SECTIONS_OF.items())
def test_every_field_is_described_where_users_look_it_up(section: str, model: type[BaseModel]) -> None:
    described = yaml.safe_load((ROOT / "Pulumi.yaml").read_text())["config"][section]["description"]
    unmentioned = {key for key in written_in(model) if re.search(rf"\b{key}\b", described) is None}
    assert not unmentioned


@pytest.mark.generated
def test_the_page_of_settings_is_what_the_models_say() -> None:
    assert (ROOT / "docs" / "settings.md").read_text() == page(), "make docs"


@pytest.mark.parametrize(
    "row",
    [
        "| `<name>.hashKey.type` | `S` or `N` or `B` | `S` | S text, N number, B bytes |",
        "| `<name>.visibilityTimeoutSeconds` | 30 to 300 seconds | `300` | agent processing time |",
        "| `<name>.models[].profile` | `us` or `global` | none |",
        "| `crossAccountReaders[].accountId` | 12 digits, quoted | required |",
        "| `services` | by a service as AWS/Billing names it, such as AmazonDynamoDB: 1 to 1000000000 US dollars |",
        "| `temperature` | 0 to 1 | `0.1` | randomness of the model's answers, 0 to 1 |",
        "| `<name>.standardReason` | 20 characters or more | none |",
    ],
)
def test_a_key_is_shown_with_what_is_allowed_and_its_default(row: str) -> None:
    assert row in page()
