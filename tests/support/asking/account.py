"""What AWS knows of the account's resources when somebody asks for them, and what its roles may do."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from components.naming import Naming
from tests.support.asking.calls import Asked
from tms_policies.documents.evaluation.decide import evaluate
from tms_policies.documents.evaluation.request import Principal, Request, Value
from tms_policies.documents.evaluation.statements import Policy
from tms_policies.documents.evaluation.verdict import Policies, Verdict

Client = Callable[[str], Any]
"""Gives boto3's client of a service."""


@dataclass(frozen=True)
class Account:
    """One account at one time.

    Attributes:
        naming: Spells ARNs.
        known: Context keys that a resource brings with it, by what its ARN ends in: tags, aliases, boundary.
        keys: The key id of each KMS alias, by the alias's whole name.
        guards: Each KMS key's policy, by key id.
        roles: The documents of the managed policies that a role has, by its name.
    """

    naming: Naming
    known: Mapping[str, Mapping[str, Value]]
    keys: Mapping[str, str]
    guards: Mapping[str, str]
    roles: Mapping[str, list[str]]

    def of(self, resource: str) -> Mapping[str, Value]:
        """Give the context keys of a resource; none of one that is just being made."""
        return self.known.get(resource.rpartition("/")[2], {})

    def later(self, other: "Account") -> "Account":
        """Give this account with what another look at it saw as well."""
        return Account(
            self.naming,
            {**self.known, **other.known},
            {**self.keys, **other.keys},
            {**self.guards, **other.guards},
            {**self.roles, **other.roles},
        )

    def judged(self, one: Asked, role: str) -> Verdict:
        """Say whether a role may do what was asked."""
        policies = [Policy.of(f"{role}-{number}", text) for number, text in enumerate(self.roles[role], 1)]
        principal = Principal(
            f"arn:aws:sts::{self.naming.account}:assumed-role/{role}/job", role=self.naming.role(role)
        )
        return evaluate(
            Request(principal, one.action, (one.resource,), one.context),
            Policies(identity=policies, resource=self._guard(one)),
        )

    def _guard(self, one: Asked) -> Policy | None:
        """A key's own policy decides with the role's; one that is just being made has AWS's default policy."""
        if ":key/" not in one.resource:
            return None
        text = self.guards.get(one.resource.rpartition("/")[2])
        root = {"AWS": self.naming.account_root(self.naming.account)}
        default = {"Effect": "Allow", "Principal": root, "Action": "kms:*", "Resource": "*"}
        return Policy.of("the key's policy", text or json.dumps({"Statement": [default]}), "resource")


def looked_up(client: Client, naming: Naming) -> Account:
    """Give what an account knows, asked as a person may."""
    known: dict[str, dict[str, Value]] = {}
    for one in client("ec2").describe_tags()["Tags"]:
        known.setdefault(one["ResourceId"], {})[f"aws:ResourceTag/{one['Key']}"] = one["Value"]
    costs = client("ce")
    for kind in ("Monitor", "Subscription"):
        for one in getattr(costs, f"get_anomaly_{kind.lower()}s")()[f"Anomaly{kind}s"]:
            arn = one[f"{kind}Arn"]
            tags = costs.list_tags_for_resource(ResourceArn=arn)["ResourceTags"]
            known[arn.rpartition("/")[2]] = {f"aws:ResourceTag/{tag['Key']}": tag["Value"] for tag in tags}
    keys, guards = _keys(client("kms"), known)
    return Account(naming, known, keys, guards, _roles(client("iam"), known))


def _keys(kms: Any, known: dict[str, dict[str, Value]]) -> tuple[dict[str, str], dict[str, str]]:  # noqa: ANN401 - boto3 makes clients at run time
    ids, guards = dict[str, str](), dict[str, str]()
    for key in (one["KeyId"] for one in kms.list_keys()["Keys"]):
        tags = kms.list_resource_tags(KeyId=key)["Tags"]
        known[key] = {f"aws:ResourceTag/{tag['TagKey']}": tag["TagValue"] for tag in tags}
        names = tuple(alias["AliasName"] for alias in kms.list_aliases(KeyId=key)["Aliases"])
        known[key] |= {"kms:ResourceAliases": names} if names else {}
        ids |= dict.fromkeys(names, key)
        guards[key] = kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"]
    return ids, guards


def _roles(iam: Any, known: dict[str, dict[str, Value]]) -> dict[str, list[str]]:  # noqa: ANN401 - boto3 makes clients at run time
    found: dict[str, list[str]] = {}
    for name in (one["RoleName"] for one in iam.list_roles()["Roles"]):
        bound = iam.get_role(RoleName=name)["Role"].get("PermissionsBoundary")
        if bound:
            known[name] = {"iam:PermissionsBoundary": bound["PermissionsBoundaryArn"]}
        found[name] = []
        for one in iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]:
            version = iam.get_policy(PolicyArn=one["PolicyArn"])["Policy"]["DefaultVersionId"]
            held = iam.get_policy_version(PolicyArn=one["PolicyArn"], VersionId=version)
            found[name].append(json.dumps(held["PolicyVersion"]["Document"]))
    return found
