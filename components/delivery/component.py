"""The delivery's resources: GitHub's provider, a role per kind of job, the state's bucket and its key."""

import json
from collections.abc import Iterable
from pathlib import Path

import pulumi
from pulumi_aws import iam

from components.bucket import Bucket, BucketArgs
from components.delivery.policies import TooLargeError, packed
from components.delivery.settings import DeliverySettings
from components.delivery.statements import HOST, ROLES, permitted, role_name, trust
from components.key_policy import administered
from components.keys import customer_key
from components.lifecycle import state_rules
from components.naming import Naming
from components.settings.fields import AES256
from components.statements import document
from components.tagging import tags

DISCOVERY = Path(__file__).resolve().parents[2] / "toolkit" / "adopt" / "read-only-policy.json"
"""What `./tms adopt discover` reads with; looking for what nobody declared is the drift job's work too."""
_PURPOSES = {
    "preview": "Previews pull requests: reads, and the state",
    "deploy": "Updates the system from its protected environment",
    "drift": "Looks for drift and for what nobody declared: reads, and the state",
}


class Delivery(pulumi.ComponentResource):
    """Who delivers, and with which state.

    Attributes:
        roles: Role ARNs by `preview`, `deploy` and `drift`.
        backend: Address of the state, as `pulumi login` takes it.
        secrets: Address of the secrets' key, as `--secrets-provider` takes it.
    """

    roles: dict[str, pulumi.Output[str]]

    def __init__(
        self, name: str, settings: DeliverySettings, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        """Declare all of it.

        Raises:
            pulumi.RunError: What a role may do does not fit into IAM's policies; nothing is registered then.
        """
        documents = {role: _documents(settings, role) for role in ROLES}
        super().__init__("tradematching:index:Delivery", name, None, opts)
        self._settings, self._naming = settings, Naming(settings.region, settings.account)
        child = pulumi.ResourceOptions(parent=self)
        provider = iam.OpenIdConnectProvider(
            "github",
            url=f"https://{HOST}",
            client_id_lists=[self._naming.token_audience],
            tags=tags(settings.tags, "delivery"),
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        self.roles = {role: self._role(role, documents[role], provider) for role in ROLES}
        Bucket(
            "state",
            BucketArgs(
                name=settings.state.bucket,
                tags=tags(settings.tags, "pulumi-state"),
                # secrets in a state are encrypted by the key below already
                key=AES256,
                naming=self._naming,
                rules=state_rules(settings.state.noncurrent_days, settings.state.kept_versions),
            ),
            child,
        )
        customer_key(
            "secrets-key",
            settings.key,
            description="Encrypts the secrets in Pulumi's state",
            policy=document([administered(self._naming)]),
            tags=tags(settings.tags, "pulumi-secrets"),
            parent=self,
        )
        self.backend = f"s3://{settings.state.bucket}?region={settings.region}"
        self.secrets = f"awskms://alias/{settings.key.alias}?region={settings.region}"
        self.register_outputs({})

    def _role(self, role: str, texts: list[str], provider: iam.OpenIdConnectProvider) -> pulumi.Output[str]:
        """Declare a role with its policies, and return its ARN."""
        settings = self._settings
        declared = iam.Role(
            role,
            name=role_name(settings, role),
            description=_PURPOSES[role],
            assume_role_policy=trust(settings, role),
            max_session_duration=3600,
            permissions_boundary=settings.boundary,
            tags=tags(settings.tags, f"delivery-{role}"),
            opts=pulumi.ResourceOptions(parent=self, protect=True, depends_on=[provider]),
        )
        for number, text in enumerate(texts, 1):
            physical = f"{role_name(settings, role)}-{number}"
            policy = iam.Policy(
                f"{role}-{number}",
                name=physical,
                description=f"{_PURPOSES[role]} ({number})",
                policy=text,
                tags=tags(settings.tags, f"delivery-{role}"),
                opts=pulumi.ResourceOptions(parent=self),
            )
            iam.RolePolicyAttachment(
                f"{role}-{number}-attached",
                role=declared.name,
                policy_arn=self._naming.policy(physical),
                opts=pulumi.ResourceOptions(parent=self, depends_on=[policy]),
            )
        return declared.arn


def _documents(settings: DeliverySettings, role: str) -> list[str]:
    try:
        return packed(permitted(settings, role, discovery()))
    except TooLargeError as error:
        raise pulumi.RunError(f"the {role} role of {settings.name}: {error}") from None


def discovery() -> Iterable[str]:
    """Return the actions that discovery reads with; what it denies is denied by the roles themselves."""
    statements = json.loads(DISCOVERY.read_text(encoding="utf-8"))["Statement"]
    allowing = (statement for statement in statements if statement["Effect"] == "Allow")
    return [action for statement in allowing for action in statement["Action"]]
