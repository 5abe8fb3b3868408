"""Configurations of the pack that are wrong: what the pack says, and what it leaves to the engine."""

from collections.abc import Mapping
from typing import Any, cast

import grpc
import pytest
from jsonschema import Draft7Validator
from pulumi.runtime.proto import analyzer_pb2

from tests.support.policies import BY_ID, message, servicer
from tms_policies.catalogue import RULES
from tms_policies.configuration import faults
from tms_policies.examples.catalogue import EXAMPLES
from tms_policies.examples.model import Case


class Refusing:
    """Stands for gRPC's context: an abort ends the call."""

    def abort(self, code: grpc.StatusCode, details: str) -> None:
        raise ValueError(f"{code.name}: {details}")


WRONG: tuple[tuple[str, Mapping[str, Mapping[str, Any]], str], ...] = (
    ("rule", {"sqs-queue-encryptoin": {}}, "sqs-queue-encryptoin: no rule has this name; did you mean 'sqs-queue-encryption'?"),
    ("foreign", {"nothing-like-it": {}}, "nothing-like-it: no rule has this name; `python -m tms_policies.catalogue` lists the rules"),
    ("setting", {"sqs-queue-dead-letter": {"maximumRecieves": 3}}, "sqs-queue-dead-letter.maximumRecieves: no such setting; did you mean 'maximumReceives'? allowed are enforcementLevel, minimumReceives, maximumReceives"),
    ("none", {"sqs-queue-encryption": {"days": 3}}, "sqs-queue-encryption.days: no such setting; allowed are enforcementLevel"),
    ("every", {"all": {"days": 3}}, "all.days: no such setting; allowed are enforcementLevel"),
    ("pattern", {"account-resource-naming": {"patterns": {"a": "("}}}, "account-resource-naming.patterns has '(', which is no regular expression"),
    ("name", {"account-resource-plain-secrets": {"names": "["}}, "account-resource-plain-secrets.names has '[', which is no regular expression"),
    ("tag", {"account-resource-required-tags": {"patterns": {"a": "*"}}}, "account-resource-required-tags.patterns has '*', which is no regular expression"),
)  # fmt: skip


@pytest.mark.parametrize(("config", "says"), [one[1:] for one in WRONG], ids=[one[0] for one in WRONG])
def test_a_wrong_configuration_is_named_and_ends_the_run(
    config: Mapping[str, Mapping[str, Any]], says: str
) -> None:
    assert [one for one in faults(config, BY_ID) if one.startswith(says)]
    configured = {name: analyzer_pb2.PolicyConfig(properties=message(one)) for name, one in config.items()}
    request = analyzer_pb2.ConfigureAnalyzerRequest(policyConfig=configured)
    with pytest.raises(ValueError, match=r"^INVALID_ARGUMENT: [\w-]+[.:]"):
        cast("Any", servicer(*RULES)).Configure(request, Refusing())


def test_the_default_configuration_is_right() -> None:
    assert list(faults({"all": {}} | {rule.id: rule.configured({}) for rule in RULES}, BY_ID)) == []


def test_settings_fit_their_schemas() -> None:
    configured = [(rule.id, rule.configured({})) for rule in RULES]
    for example in EXAMPLES.values():
        cases = (example.good, example.bad, example.missing, example.unknown, example.config)
        configured += [(example.rule, dict(case.settings)) for case in cases if isinstance(case, Case)]
    wrong = [
        (rule, name, error.message)
        for rule, settings in configured
        for name, value in settings.items()
        for error in Draft7Validator(BY_ID[rule].settings[name]).iter_errors(value)
    ]
    assert wrong == []
