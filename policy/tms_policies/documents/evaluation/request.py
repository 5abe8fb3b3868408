"""Who asks for what, and with which context.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-reqcontext.html
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from tms_policies.documents.actions import expanded, resource_shapes
from tms_policies.model import Unknown
from tms_policies.values import items

Single = str | bool | int | float | Unknown
Value = Single | Sequence[Single]
Values = tuple[str | Unknown, ...] | Unknown
_ARN_PARTS = 6
_SESSION = "assumed-role/"
_FEDERATED = "federated-user/"


def account_of(arn: str) -> str:
    """Return the account in an ARN; empty if it names none, or AWS itself."""
    parts = arn.split(":", _ARN_PARTS - 1)
    result = parts[4] if len(parts) == _ARN_PARTS else ""
    return "" if result == "aws" else result


@dataclass(frozen=True)
class Principal:
    """Who makes a request; with nothing given, somebody who did not sign in.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html

    Attributes:
        arn: Of a user, of an account's root, of a session (`assumed-role/<role>/<session>`,
            `federated-user/<user>`), or of a role, which stands for any session of it.
        role: A session's role with its path, where that is known; a session's ARN has only its name.
        service: An AWS service, such as `sns.amazonaws.com`.
        federated: An identity provider's ARN or name, for `sts:AssumeRoleWithSAML` and `...WithWebIdentity`.
        canonical: An account's canonical user id, as S3 knows it.
        tags: Its own tags and its session's.
    """

    arn: str = ""
    role: str = ""
    service: str = ""
    federated: str = ""
    canonical: str = ""
    tags: Mapping[str, str | Unknown] = field(default_factory=dict[str, str | Unknown])

    @cached_property
    def account(self) -> str:
        """The account that it is of; empty for services, providers and strangers."""
        return account_of(self.arn)

    @cached_property
    def name(self) -> str:
        """The ARN's last part, such as `user/ann` or `assumed-role/agent/run`."""
        return self.arn.split(":", _ARN_PARTS - 1)[-1]

    @cached_property
    def is_root(self) -> bool:
        """Whether it is an account's root user."""
        return self.name == "root"

    @cached_property
    def is_role(self) -> bool:
        """Whether it is a role: some session of it, no one knows which."""
        return self.name.startswith("role/")

    @cached_property
    def is_federated_user(self) -> bool:
        """Whether it is a session of `sts:GetFederationToken`."""
        return self.name.startswith(_FEDERATED)

    @cached_property
    def behind(self) -> str:
        """The role or user that a session is of, as an ARN; empty if it is no session."""
        if self.role:
            return self.role
        start = self.arn.partition(":sts:")[0]
        if self.name.startswith(_SESSION):
            return f"{start}:iam::{self.account}:role/{self.name.split('/')[1]}"
        if self.is_federated_user:
            return f"{start}:iam::{self.account}:user/{self.name.removeprefix(_FEDERATED)}"
        return ""

    @cached_property
    def is_service_linked(self) -> bool:
        """Whether it is a role that AWS links to a service, which no SCP and no RCP reaches."""
        return ":role/aws-service-role/" in (self.role or self.arn)

    def shown(self) -> str:
        """Name it for a message."""
        return self.arn or self.service or self.federated or self.canonical or "somebody not signed in"

    def keys(self) -> dict[str, Value]:
        """Return the context keys that follow from who it is.

        https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
        """
        results: dict[str, Value] = {f"aws:principaltag/{tag}": value for tag, value in self.tags.items()}
        results["aws:principalisawsservice"] = bool(self.service)
        if self.service:
            results["aws:principalservicename"] = self.service
        if self.account:
            results["aws:principalaccount"] = self.account
            results["aws:principalarn"] = self.behind if self.name.startswith(_SESSION) else self.arn
            results["aws:principaltype"] = self._type()
        if self.name.startswith("user/"):
            results["aws:username"] = self.name.rpartition("/")[2]
        return results

    def _type(self) -> str:
        """Return its type: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html."""
        if self.is_root:
            return "Account"
        if self.is_federated_user:
            return "FederatedUser"
        return "User" if self.name.startswith("user/") else "AssumedRole"


@cache
def _whole(action: str) -> str | None:
    """Return what AWS takes for the resource of an action that has none; None for any other action.

    S3's own examples allow `s3:ListAllMyBuckets` on `arn:aws:s3:::*`:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
    """
    result = expanded(action)
    if len(result) != 1 or resource_shapes(result[0]):
        return None
    return "arn:aws:s3:::*" if result[0].startswith("s3:") else "*"


def _text(value: Single) -> str | Unknown:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, (str, Unknown)) else str(value)


@dataclass(frozen=True)
class Request:
    """A call to AWS.

    Attributes:
        principal: Who calls.
        action: In full, such as `s3:GetObject`.
        resources: ARNs without wildcards; `*` where the action has none. All must be allowed.
        context: Context keys in any letter case; several values as a list. A key that is left out is not in
            the request; give `Unknown` for one that may be.
        owner: The account that the resources are of; left out, the one in the ARN, else the principal's.
    """

    principal: Principal
    action: str
    resources: tuple[str | Unknown, ...]
    context: Mapping[str, Value] = field(default_factory=dict[str, Value])
    owner: str = ""

    @cached_property
    def keys(self) -> Mapping[str, Values]:
        """The context keys in lower case, with those that follow from principal and resource."""
        owners = {self.owner_of(item) for item in self.resources}
        values: dict[str, Value] = {**self.principal.keys()}
        if len(owners) == 1 and "" not in owners:
            values["aws:resourceaccount"] = owners.pop()
        if self.service == "kms" and self.principal.account:
            values["kms:calleraccount"] = self.principal.account
        return {
            key.lower(): value if isinstance(value, Unknown) else tuple(_text(item) for item in items(value))
            for key, value in (*values.items(), *self.context.items())
        }

    @cached_property
    def service(self) -> str:
        """The action's prefix in lower case."""
        return self.action.partition(":")[0].lower()

    @cached_property
    def targets(self) -> tuple[str | Unknown, ...]:
        """The resources as AWS takes them: an action that has none is on everything, or on nothing."""
        whole = _whole(self.action)
        return self.resources if whole is None else (whole,)

    def owner_of(self, resource: str | Unknown) -> str:
        """Return the account that a resource is of."""
        names = account_of(resource) if isinstance(resource, str) else ""
        return self.owner or names or self.principal.account

    def value_of(self, key: str) -> str | Unknown | None:
        """Return the one value of a key; None without one, or with several: those are no policy variable."""
        result = self.keys.get(key.lower())
        if result is None or isinstance(result, Unknown):
            return result
        return result[0] if len(result) == 1 else None
