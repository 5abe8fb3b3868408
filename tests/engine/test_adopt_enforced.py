"""Under moto's own enforcement of IAM the shipped policy is enough, and each action of it is needed.

moto judges by the names of actions and not by resources (docs.getmoto.org, "IAM-like access control"), so a statement that
names one table would be denied even for that; the shipped policy names none.
"""

import json
import os
import re
import urllib.request
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from tests.support.asking.actions import action
from tests.support.engine import end
from tests.support.estate import Estate
from tests.support.faulty import Network, on_the_way
from toolkit.adopt import permissions
from toolkit.adopt.model import Plan
from toolkit.adopt.workflow import Adoption
from toolkit.aws.types import LISTINGS
from toolkit.engine.stack import Engine, scratch_folder
from toolkit.progress import Bars

pytestmark = pytest.mark.engine
# What moto judges these by. It takes the name that a request is signed for and that of the operation, and knows no action
# for these parts of a bucket
_JUDGED_BY = {
    "cloudwatch:DescribeAlarms": ("monitoring:DescribeAlarms",),
    "cloudwatch:GetDashboard": ("monitoring:GetDashboard",),
    "cloudwatch:ListDashboards": ("monitoring:ListDashboards",),
    "cloudwatch:ListTagsForResource": ("monitoring:ListTagsForResource",),
    "budgets:ViewBudget": (
        "budgets:DescribeBudget",
        "budgets:DescribeBudgets",
        "budgets:DescribeNotificationsForBudget",
        "budgets:DescribeSubscribersForNotification",
    ),
    "tag:GetResources": ("tagging:GetResources",),
    "s3:ListBucket": ("s3:HeadBucket",),
    "s3:GetEncryptionConfiguration": ("s3:ListBucket",),
    "s3:GetMetricsConfiguration": ("s3:ListBucket",),
    "s3:GetBucketOwnershipControls": ("s3:ListBucket",),
    "s3:GetBucketPublicAccessBlock": ("s3:ListBucket",),
    "s3:GetBucketObjectLockConfiguration": ("s3:ListBucket",),
}
# Refused whatever is allowed: moto calculates another signature than botocore for requests of REST services
_BEYOND_MOTO = {
    "apigateway:GET",
    "bedrock-agentcore:ListAgentRuntimes",
    "bedrock-agentcore:ListBrowsers",
    "bedrock-agentcore:ListCapacityProviders",
    "bedrock-agentcore:ListCodeInterpreters",
    "bedrock-agentcore:ListConfigurationBundles",
    "bedrock-agentcore:ListEvaluators",
    "bedrock-agentcore:ListGateways",
    "bedrock-agentcore:ListHarnesses",
    "bedrock-agentcore:ListOnlineEvaluationConfigs",
    "bedrock-agentcore:ListPaymentManagers",
    "bedrock-agentcore:ListPolicyEngines",
    "bedrock-agentcore:ListRegistries",
    "bedrock:ListGuardrails",
    "bedrock:ListInferenceProfiles",
    "lambda:ListEventSourceMappings",
    "lambda:ListFunctions",
    "scheduler:ListSchedules",
}


class Remembering(Engine):
    """An engine that asks once for what does not depend on what AWS allows: the program, and the empty state."""

    def preview(self, *options: str) -> list[dict[str, Any]]:
        option, file = options
        assert option == "--import-file"
        steps, skeleton = self._planned
        Path(file).write_text(skeleton)
        return steps

    @cached_property
    def _planned(self) -> tuple[list[dict[str, Any]], str]:
        with scratch_folder() as name:
            file = Path(name) / "skeleton.json"
            return super().preview("--import-file", str(file)), file.read_text()

    def export(self, stack: str = "") -> dict[str, Any]:
        assert not stack
        return self._state

    @cached_property
    def _state(self) -> dict[str, Any]:
        return super().export()


@dataclass
class Reader:
    """Somebody who may do what one policy says, and discovers."""

    adoption: Adoption
    iam: Any
    endpoint: str
    network: Network
    policy: str = ""
    baseline: Plan = field(default_factory=Plan)

    def enforce(self, calls: str) -> None:
        """Let moto judge every call but so many first ones: `0` for all, `inf` for none."""
        request = urllib.request.Request(  # noqa: S310 - loopback
            f"{self.endpoint}/moto-api/reset-auth", calls.encode(), {"Content-Type": "text/plain"}
        )
        urllib.request.urlopen(request).close()  # noqa: S310 - as above

    def allow(self, taken: Iterable[str]) -> None:
        """Attach the shipped policy, in moto's words and without some of them."""
        document = json.loads(permissions.FILE.read_text())
        allowed = document["Statement"][0]
        words = {word for one in allowed["Action"] for word in judged_by(str(one))}
        allowed["Action"] = sorted(words - {*taken})
        if self.policy:
            self.iam.detach_user_policy(UserName="reader", PolicyArn=self.policy)
            self.iam.delete_policy(PolicyArn=self.policy)
        made = self.iam.create_policy(PolicyName="reading", PolicyDocument=json.dumps(document))
        self.policy = made["Policy"]["Arn"]
        self.iam.attach_user_policy(UserName="reader", PolicyArn=self.policy)

    def discover(self, *taken: str) -> Plan:
        """Discover under enforcement, with some of moto's words taken away."""
        self.allow(taken)
        self.enforce("0")
        try:
            return self.adoption.discover()
        finally:
            self.enforce("inf")

    def operations(self) -> dict[str, set[str]]:
        """Give the operations that were called by their action."""
        found: dict[str, set[str]] = defaultdict(set)
        for call in self.network.operations():
            found[action(call)].add(call.partition(":")[2])
        del found[""]
        return found


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Give a reader of an estate of their own: moto cannot show its data any more with a user in it."""
    own = Estate(tmp_path_factory.mktemp("enforced"), tmp_path_factory.mktemp("enforced-project") / "system")
    own.reset()
    iam = own.client("iam")
    iam.create_user(UserName="reader")
    key = iam.create_access_key(UserName="reader")["AccessKey"]
    environment = {
        **own.environment,
        "EMBEDDED_CREDENTIAL": f"{key['AccessKeyId']}:{key['SecretAccessKey']}",
    }
    with (
        on_the_way(Path(own.environment["EMBEDDED_HOME"])) as network,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setitem(os.environ, "AWS_ENDPOINT_URL", f"http://127.0.0.1:{network.port}")
        patch.setitem(os.environ, "AWS_ACCESS_KEY_ID", key["AccessKeyId"])
        patch.setitem(os.environ, "AWS_SECRET_ACCESS_KEY", key["SecretAccessKey"])
        adoption = Adoption(Remembering("local", own.project, environment), environment, Bars())
        found = Reader(adoption, iam, own.endpoint, network)
        found.baseline = adoption.discover()
        yield found
    end(own.environment)


def judged_by(action_name: str) -> tuple[str, ...]:
    return _JUDGED_BY.get(action_name, (action_name,))


def beyond_moto() -> set[str]:
    """The types that moto refuses to list whatever is allowed, and what would be listed inside them."""
    found = {one.type for one in LISTINGS if one.action in _BEYOND_MOTO}
    for _ in LISTINGS:  # as deep as it may go
        found |= {one.type for one in LISTINGS if one.parent in found}
    return found


def refused(plan: Plan) -> set[str]:
    return {why.partition(" is refused")[0] for why in plan.unlisted.values() if " is refused" in why}


def test_the_shipped_policy_finds_what_is_found_without_enforcement(reader: Reader) -> None:
    plan = reader.discover()
    assert {one.status for one in reader.baseline.found} == {"found"}
    assert not [f"{one.target.name}: {one.detail}" for one in plan.found if one.status != "found"]
    assert plan.found == reader.baseline.found
    assert reader.adoption.warnings == []
    assert refused(plan) == _BEYOND_MOTO
    beyond = beyond_moto()
    listed = [pair for pair in reader.baseline.unmanaged if pair[0] not in beyond]
    mine = [pair for pair in plan.unmanaged if pair[1] != "reading"]  # the policy itself
    assert mine == listed
    assert {*reader.baseline.unlisted} == {*plan.unlisted} - (beyond - {*reader.baseline.unlisted})


def test_each_action_that_is_taken_away_makes_its_types_unknown_by_its_name(reader: Reader) -> None:
    operations = reader.operations()
    words: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for one in operations.keys() - _BEYOND_MOTO:
        words[judged_by(one)].add(one)
    services: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for judged in sorted(words):
        services[judged[0].partition(":")[0]].append(judged)
    wrong: list[str] = []
    # What one service refuses makes nothing of another unknown: so the words of one action of each are taken at a time
    for turn in range(max(map(len, services.values()))):
        taken = [each[turn] for each in services.values() if turn < len(each)]
        plan = reader.discover(*chain.from_iterable(taken))
        actions = {name: operations[name] for judged in taken for name in words[judged]}
        wrong += faults(plan, reader.adoption.warnings, actions)
    assert len(words) > 40
    assert wrong == []


def faults(plan: Plan, warnings: list[str], taken: Mapping[str, set[str]]) -> list[str]:
    """Say where a finding is not what it must be without some actions, given with their operations."""
    said = refused(plan)
    found: list[str] = []
    for one in plan.found:
        named = [name for name, calls in taken.items() if names(one.detail, name, calls)]
        said |= {*named}
        if one.status != ("unknown" if named else "found"):
            found.append(f"without {', '.join(taken)}: {one.target.urn} is {one.status}: {one.detail}")
    said |= {name for name in taken if any(names(warning, name, set()) for warning in warnings)}
    types: dict[str, set[str]] = defaultdict(set)
    for one in plan.found:
        types[one.target.type].add(one.status)
    found += [
        f"without {', '.join(taken)}: some of {kind} are {both}"
        for kind, both in types.items()
        if len(both) > 1
    ]
    found += [f"without {name}: nothing says so" for name in taken if name not in said]
    found += [f"with {name}: it is refused" for name in said if name not in {*taken, *_BEYOND_MOTO}]
    return found


def names(said: str, name: str, operations: set[str]) -> bool:
    """Say whether an answer names an action, or the operation as S3 does."""
    return name in said or any(re.search(rf"\b{one}(Configuration)?: ", said) for one in operations)
