"""Import ids that are made of what is declared, by type.

Forms are those of each type's import section in the AWS provider's documentation.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


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
"""How the id of each type is made; none where AWS gives it."""
