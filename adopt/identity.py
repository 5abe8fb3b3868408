"""Import ids: derived from what is declared and from what that depends on, then looked up; never guessed.

Forms are those of each type's import section in the AWS provider's documentation.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from adopt.engine import UNKNOWN
from adopt.listings import BY_TYPE
from adopt.listings.model import Listing, Row
from adopt.live import UnreadableError
from adopt.model import Candidate, Found, Target


@dataclass(frozen=True)
class Place:
    """Where the stack lives, which ids are made of."""

    account: str
    region: str

    def arn(self, service: str, rest: str) -> str:
        """Give the ARN of something of this account and region."""
        return f"arn:aws:{service}:{self.region}:{self.account}:{rest}"


Inputs = Mapping[str, str]
"""Declared texts and numbers; what is made of another resource's id is that id, as far as it is known."""
Derive = Callable[[Inputs, Place], str | None]
_BUILT = frozenset({"aws:cloudwatch/logGroup:LogGroup"})
"""Types whose names AWS's own services build of ids, as `/aws/bedrock-agentcore/runtimes/<id>-<endpoint>`."""
Rows = Callable[[Listing, Inputs], Iterable[Row]]
"""Lists live resources; may raise UnreadableError."""


def _plain(*names: str, by: str = ":") -> Derive:
    """Derive an id that is made of properties."""

    def derive(inputs: Inputs, _place: Place) -> str | None:
        values = [inputs.get(name) for name in names]
        return by.join(filter(None, values)) if all(values) else None

    return derive


def _arn(service: str, kind: str, name: str = "name") -> Derive:
    def derive(inputs: Inputs, place: Place) -> str | None:
        return place.arn(service, f"{kind}{inputs[name]}") if inputs.get(name) else None

    return derive


def _queue(inputs: Inputs, place: Place) -> str | None:
    """A queue's id is its URL, which AWS makes of region, account and name."""
    name = inputs.get("name")
    return f"https://sqs.{place.region}.amazonaws.com/{place.account}/{name}" if name else None


def _policy(inputs: Inputs, place: Place) -> str | None:
    name = inputs.get("name")
    return f"arn:aws:iam::{place.account}:policy{inputs.get('path') or '/'}{name}" if name else None


def _identity_provider(inputs: Inputs, place: Place) -> str | None:
    host = inputs.get("url", "").removeprefix("https://")
    return f"arn:aws:iam::{place.account}:oidc-provider/{host}" if host else None


def _permission(inputs: Inputs, _place: Place) -> str | None:
    function, statement = bare(inputs.get("function", "")), inputs.get("statementId")
    if not function or not statement:
        return None
    version = inputs.get("qualifier")
    return f"{function}:{version}/{statement}" if version else f"{function}/{statement}"


def _function_url(inputs: Inputs, _place: Place) -> str | None:
    function = bare(inputs.get("functionName", ""))
    return "/".join(filter(None, (function, inputs.get("qualifier")))) if function else None


def _event(*names: str) -> Derive:
    """Derive the id of a rule or target, which names its bus unless that is the default one."""
    rest = _plain(*names, by="/")

    def derive(inputs: Inputs, place: Place) -> str | None:
        found, bus = rest(inputs, place), inputs.get("eventBusName", "default")
        return f"{bus}/{found}" if found and bus != "default" else found

    return derive


def _account(_inputs: Inputs, place: Place) -> str:
    return place.account


def bare(function: str) -> str:
    """Give a function's name, of a name or an ARN with or without a version."""
    return function.split(":")[6] if function.startswith("arn:") and function.count(":") > 5 else function  # noqa: PLR2004 - an ARN's part


_BUCKET_PARTS = (
    "bucketVersioning:BucketVersioning bucketLogging:BucketLogging bucketPolicy:BucketPolicy "
    "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration "
    "bucketLifecycleConfiguration:BucketLifecycleConfiguration bucketNotification:BucketNotification "
    "bucketPublicAccessBlock:BucketPublicAccessBlock bucketOwnershipControls:BucketOwnershipControls "
    "bucketCorsConfiguration:BucketCorsConfiguration bucketWebsiteConfiguration:BucketWebsiteConfiguration "
    "bucketAccelerateConfiguration:BucketAccelerateConfiguration "
    "bucketReplicationConfig:BucketReplicationConfig "
    "bucketRequestPaymentConfiguration:BucketRequestPaymentConfiguration "
    "bucketObjectLockConfiguration:BucketObjectLockConfiguration"
)
_NAMED = (
    "dynamodb/table:Table iam/role:Role iam/user:User iam/group:Group iam/instanceProfile:InstanceProfile "
    "cloudwatch/logGroup:LogGroup cloudwatch/metricAlarm:MetricAlarm cloudwatch/eventBus:EventBus "
    "ecr/repository:Repository kms/alias:Alias lambda/function:Function ssm/parameter:Parameter "
    "bedrock/agentcoreApiKeyCredentialProvider:AgentcoreApiKeyCredentialProvider "
    "bedrock/agentcoreOauth2CredentialProvider:AgentcoreOauth2CredentialProvider "
    "bedrock/agentcoreWorkloadIdentity:AgentcoreWorkloadIdentity"
)
DERIVED: dict[str, Derive] = {
    **{f"aws:{one}": _plain("name") for one in _NAMED.split()},
    "aws:dynamodb/tag:Tag": _plain("resourceArn", "key", by=","),
    "aws:dynamodb/resourcePolicy:ResourcePolicy": _plain("resourceArn"),
    "aws:dynamodb/kinesisStreamingDestination:KinesisStreamingDestination": _plain(
        "tableName", "streamArn", by=","
    ),
    "aws:s3/bucket:Bucket": _plain("bucket"),
    **{f"aws:s3/{one}": _plain("bucket") for one in _BUCKET_PARTS.split()},
    "aws:s3/bucketMetric:BucketMetric": _plain("bucket", "name"),
    "aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration": _plain(
        "bucket", "name"
    ),
    "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": _account,
    "aws:sqs/queue:Queue": _queue,
    "aws:sqs/queuePolicy:QueuePolicy": _plain("queueUrl"),
    "aws:sqs/redrivePolicy:RedrivePolicy": _plain("queueUrl"),
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": _plain("queueUrl"),
    "aws:iam/rolePolicy:RolePolicy": _plain("role", "name"),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": _plain("role", "policyArn", by="/"),
    "aws:iam/policy:Policy": _policy,
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": _identity_provider,
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": _plain("alarmName"),
    "aws:cloudwatch/dashboard:Dashboard": _plain("dashboardName"),
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": _plain("logGroupName", "name"),
    "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": _plain("logGroup", "name", by="|"),
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": lambda inputs, _place: (
        inputs.get("policyName") or inputs.get("resourceArn")  # the account's policies have names
    ),
    "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy": _plain("logGroupName"),
    "aws:cloudwatch/eventRule:EventRule": _event("name"),
    "aws:cloudwatch/eventTarget:EventTarget": _event("rule", "targetId"),
    "aws:scheduler/schedule:Schedule": _plain("groupName", "name", by="/"),
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": _plain("repository"),
    "aws:ecr/repositoryPolicy:RepositoryPolicy": _plain("repository"),
    "aws:ecr/registryPolicy:RegistryPolicy": _account,
    "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration": _account,
    "aws:kms/keyPolicy:KeyPolicy": _plain("keyId"),
    "aws:lambda/permission:Permission": _permission,
    "aws:lambda/alias:Alias": _plain("functionName", "name", by="/"),
    "aws:lambda/functionUrl:FunctionUrl": _function_url,
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": _plain("functionName"),
    "aws:cloudtrail/trail:Trail": _arn("cloudtrail", "trail/"),
    "aws:sns/topic:Topic": _arn("sns", ""),
    "aws:sns/topicPolicy:TopicPolicy": _plain("arn"),
    "aws:secretsmanager/secretPolicy:SecretPolicy": _plain("secretArn"),
    "aws:budgets/budget:Budget": lambda inputs, place: (
        f"{place.account}:{inputs['name']}" if inputs.get("name") else None
    ),
    "aws:cognito/resourceServer:ResourceServer": _plain("userPoolId", "identifier", by="|"),
    "aws:cognito/userGroup:UserGroup": _plain("userPoolId", "name", by="/"),
    "aws:cognito/userPoolDomain:UserPoolDomain": _plain("domain"),
    "aws:cognito/identityProvider:IdentityProvider": _plain("userPoolId", "providerName"),
    "aws:apigatewayv2/stage:Stage": _plain("apiId", "name", by="/"),
    "aws:apigatewayv2/domainName:DomainName": _plain("domainName"),
    "aws:bedrock/agentcoreResourcePolicy:AgentcoreResourcePolicy": _plain("resourceArn"),
    "aws:bedrockmodel/invocationLoggingConfiguration:InvocationLoggingConfiguration": lambda _inputs, place: (
        place.region
    ),
}
_KEY = "aws:kms/key:Key"
_ALIAS = "aws:kms/alias:Alias"


class Resolver:
    """Finds ids of targets, each once; what one is computed from is resolved before it."""

    def __init__(self, targets: Iterable[Target], place: Place, rows: Rows) -> None:
        """Take the targets, and a way to list what is live.

        Args:
            targets: What is declared.
            place: Where it lives.
            rows: Lists live resources, for what has no id that can be derived.
        """
        self.found = [Found(one) for one in targets if not one.component]
        self.known: dict[str, str] = {}
        self._place, self._rows = place, rows

    def resolve(self, given: Mapping[str, str]) -> list[Found]:
        """Give each target with its id, or with the reason why a person must say it.

        Args:
            given: Ids that a person gave, by URN.
        """
        self.known = dict(given)
        waiting = self.found
        while waiting:  # each round settles at least one, so it ends
            left = [one for one in waiting if not self._settle(one)]
            if len(left) == len(waiting):
                break
            waiting = left
        for one in waiting:
            one.detail = "what its id is made of is not known: give the live one's id in the mapping"
        return self.found

    def _settle(self, one: Found) -> bool:
        """Say whether this target is settled, for better or worse."""
        urn, token = one.target.urn, one.target.type
        inputs = self._inputs(one.target)
        rule, listing = DERIVED.get(token), BY_TYPE.get(token)
        built = token in _BUILT and one.target.inputs.get("name") == UNKNOWN
        one.id = self.known.get(urn) or (rule(inputs, self._place) if rule and not built else None)
        if one.id is None and built and listing and "name" in inputs:
            self._by_part(one, listing, inputs["name"])
        elif one.id is None and token == _KEY:
            self._by_alias(one)
        elif one.id is None and listing and listing.within.keys() <= inputs.keys():
            needed = set(listing.match) - set(listing.outputs)
            if all(key in inputs or one.target.inputs.get(key) != UNKNOWN for key in needed):
                self._look_up(one, listing, inputs)
        elif one.id is None and not rule and not listing:
            one.detail = f"how a {token} is found is not known here: give the live one's id in the mapping"
        if one.id:
            self.known[urn] = one.id
        return bool(one.id or one.detail)

    def _inputs(self, target: Target) -> dict[str, str]:
        """Give what is declared; in place of an unknown one the id of the resource it is computed from."""
        found = {key: str(one) for key, one in target.inputs.items() if _is_text(one)}
        for key, urns in target.uses.items():
            if target.inputs.get(key) == UNKNOWN and len(urns) == 1 and urns[0] in self.known:
                found[key] = self.known[urns[0]]
        return found

    def _look_up(self, one: Found, listing: Listing, inputs: Inputs) -> None:
        """Look for the live ones that have what is declared; only a single one is taken."""
        within = {key: bare(inputs[key]) for key in listing.within}
        try:
            every = [row for row in self._rows(listing, within) if not row.get("aws")]
        except UnreadableError as error:
            one.status, one.detail = "unknown", str(error)
            return
        hidden = [key for key in listing.outputs if one.target.inputs.get(key) == UNKNOWN]
        match = [key for key in listing.match if key not in hidden]
        same = [row for row in every if all(_same(row.get(key), inputs.get(key)) for key in match)]
        if hidden:
            told = [row for row in same if all(_same(row.get(key), inputs.get(key)) for key in listing.tell)]
            same = [row for row in told or same if all(row.get(key) is not None for key in hidden)]
        self._choose(one, listing, same, every, within)

    def _by_part(self, one: Found, listing: Listing, part: str) -> None:
        """Look for the live ones whose name has the id of what the declared name is built of."""
        try:
            every = [row for row in self._rows(listing, {}) if not row.get("aws")]
        except UnreadableError as error:
            one.status, one.detail = "unknown", str(error)
            return
        same = [row for row in every if part in str(row.get("name"))]
        words = one.target.name.lower().split("-")
        # a runtime has a group for each endpoint; what stands behind the id is in the logical name then
        told = [row for row in same if str(row["name"]).partition(part)[2].strip("-").lower() in words]
        self._choose(one, listing, told, same or every, {})
        if same and not told:  # another endpoint's, for all that is known
            one.status = "ambiguous"
            one.detail = "the live ones with that id in their name end otherwise than its logical name says"

    def _by_alias(self, one: Found) -> None:
        """A key has no name of its own: it is the one that a declared alias points at."""
        listing = BY_TYPE[_ALIAS]
        aliases = [
            found.target
            for found in self.found
            if found.target.type == _ALIAS and one.target.urn in found.target.uses.get("targetKeyId", ())
        ]
        names = {str(alias.inputs.get("name")) for alias in aliases}
        try:
            every: list[Row] = [
                {**row, "id": row["key"]}
                for row in self._rows(listing, {})
                if row.get("key") and not row.get("aws")
            ]
        except UnreadableError as error:
            one.status, one.detail = "unknown", str(error)
            return
        self._choose(one, listing, [row for row in every if row["name"] in names], every, {})

    def _choose(
        self, one: Found, listing: Listing, same: list[Row], every: list[Row], within: Inputs
    ) -> None:
        def identity(row: Row) -> str:
            if one.target.type != listing.type:  # a key, by its alias
                return str(row["id"])
            return listing.identity(row["id"], self._place.account, within)

        ids = sorted({identity(row) for row in same})
        if len(ids) == 1:
            one.id = ids[0]
            return
        one.candidates = [Candidate(identity(row), str(row["name"])) for row in same or every]
        what = ", ".join(listing.match)
        if ids:
            one.status, one.detail = "ambiguous", f"{len(ids)} live ones have the declared {what}"
        else:
            one.status, one.detail = "absent", f"no live one has the declared {what}"


def _is_text(declared: object) -> bool:
    """Say whether this is a known text or a whole number."""
    return isinstance(declared, (str, int)) and not isinstance(declared, bool) and declared != UNKNOWN


def _same(live: object, declared: str | None) -> bool:
    """Compare texts; a function may be meant by its name or its ARN."""
    if live is None or declared is None:
        return live is declared
    return declared in (str(live), bare(str(live))) or str(live) == bare(declared)
