"""The documents that the program makes, and the policy evaluator as the judge of them."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

import components.settings
from components.settings import Settings
from tests.support.permissions import Thing
from tests.support.stackfile import ACCOUNT, run_program
from tms_policies.documents.evaluation.decide import evaluate
from tms_policies.documents.evaluation.request import Principal, Request
from tms_policies.documents.evaluation.statements import Policy
from tms_policies.documents.evaluation.verdict import Policies, Verdict

TLS = {"aws:SecureTransport": "true"}
_ROOT = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}
_OF_A_KEY = {"Effect": "Allow", "Principal": _ROOT, "Action": "kms:*", "Resource": "*"}
KEY_POLICY = Policy.of("the key policy", {"Version": "2012-10-17", "Statement": [_OF_A_KEY]}, "resource")
"""What AWS gives a key by default: the account's own policies decide. The program makes no keys."""


@dataclass(frozen=True)
class Documents:
    """What the program registered.

    Attributes:
        roles: Names of the roles by agent.
        texts: Each agent's permissions as they were registered.
        identity: The same, read.
        trust: Each role's trust policy.
        own: Policies of buckets and queues, by the logical name of the resource that carries them.
        boundary: The permissions boundary, which the program does not make; None without one.
    """

    roles: Mapping[str, str]
    texts: Mapping[str, str]
    identity: Mapping[str, Policy]
    trust: Mapping[str, Policy]
    own: Mapping[str, Policy]
    boundary: Policy | None = None

    def of(self, thing: Thing) -> Policy | None:
        """Give the policy of a thing itself; None if it has none."""
        if thing.kind == "key":
            return KEY_POLICY
        if thing.kind in ("prefix", "listing"):
            return self.own["audit-policy" if "-logs-" in thing.arn else "documents-policy"]
        if thing.kind in ("queue", "dead-letter"):
            return self.own[f"{thing.target}{'-dlq' if thing.kind == 'dead-letter' else ''}-policy"]
        return None

    def who(self, agent: str) -> Principal:
        """Give a session of an agent's role."""
        return Principal(f"arn:aws:sts::{ACCOUNT}:assumed-role/{self.roles[agent]}/run-1")


def documents(settings: Settings) -> Documents:
    """Run the whole program with some settings and give the documents that it registers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(components.settings, "load", lambda: settings)
        seen = run_program({})[0].seen
    inputs = {one.name: one.inputs for one in seen if one.typ.startswith("aws:")}
    agents = settings.agents
    texts = {agent: str(inputs[f"{agent}-permissions"]["policy"]) for agent in agents}
    return Documents(
        {agent: inputs[agent]["name"] for agent in agents},
        texts,
        {agent: Policy.of("its permissions", text) for agent, text in texts.items()},
        {agent: Policy.of("its trust", inputs[agent]["assumeRolePolicy"], "trust") for agent in agents},
        {
            name: Policy.of(f"the {name}", one["policy"], "resource")
            for name, one in inputs.items()
            if name.endswith("-policy") and "policy" in one
        },
    )


def ask(held: Documents, agent: str, action: str, thing: Thing, context: Mapping[str, str] = TLS) -> Verdict:
    """Give what AWS would answer to an agent."""
    request = Request(held.who(agent), action, (thing.arn,), {**thing.context, **context})
    return evaluate(request, Policies([held.identity[agent]], held.boundary, resource=held.of(thing)))
