"""Names and ARNs, computed from settings: the only place where an ARN is spelled.

Nothing here comes from a resource's outputs, so every policy document that is built with it is known on
the first preview of a stack. Formats: the service pages of the AWS Service Authorization Reference.
"""

from dataclasses import dataclass

PROFILE_REGIONS = {"us": ("us-east-1", "us-east-2", "us-west-2")}
"""Regions that a geographic inference profile routes to (Bedrock user guide, cross-region inference)."""
ENDPOINT = "live"
"""The endpoint of a runtime that points at the version which this program set."""
BILLING_REGION = "us-east-1"
"""Where charges of all regions are measured (CloudWatch user guide, "Create a billing alarm")."""
SERVICE_ENDPOINT = "DEFAULT"
"""The endpoint that AgentCore makes for every runtime; calls that name no endpoint go there."""


def partition_of(region: str) -> str:
    """Return the AWS partition that a region belongs to."""
    if region.startswith("cn-"):
        return "aws-cn"
    return "aws-us-gov" if region.startswith("us-gov-") else "aws"


@dataclass(frozen=True, slots=True)
class Naming:
    """Spells ARNs of one account and region.

    Attributes:
        region: The region of all regional resources.
        account: The 12-digit account id.
    """

    region: str
    account: str

    @property
    def partition(self) -> str:
        """The partition in every ARN."""
        return partition_of(self.region)

    @property
    def dns_suffix(self) -> str:
        """The domain of the partition's endpoints."""
        return "amazonaws.com.cn" if self.partition == "aws-cn" else "amazonaws.com"

    def _regional(self, service: str, resource: str) -> str:
        return f"arn:{self.partition}:{service}:{self.region}:{self.account}:{resource}"

    def table(self, name: str) -> str:
        """Return a DynamoDB table's ARN."""
        return self._regional("dynamodb", f"table/{name}")

    def indexes(self, table: str) -> str:
        """Return the ARN pattern of all indexes of one table."""
        return f"{self.table(table)}/index/*"

    def bucket(self, name: str) -> str:
        """Return a bucket's ARN, which carries neither region nor account."""
        return f"arn:{self.partition}:s3:::{name}"

    def objects(self, bucket: str, prefix: str = "") -> str:
        """Return the ARN pattern of the objects under a prefix; of all objects without one."""
        return f"{self.bucket(bucket)}/{prefix}*"

    def queue(self, name: str) -> str:
        """Return an SQS queue's ARN."""
        return self._regional("sqs", name)

    def queue_url(self, name: str) -> str:
        """Return an SQS queue's URL."""
        return f"https://sqs.{self.region}.{self.dns_suffix}/{self.account}/{name}"

    def topic(self, name: str) -> str:
        """Return an SNS topic's ARN."""
        return self._regional("sns", name)

    def role(self, name: str) -> str:
        """Return an IAM role's ARN, for roles without a path."""
        return f"arn:{self.partition}:iam::{self.account}:role/{name}"

    def account_root(self, account: str) -> str:
        """Return the principal that stands for a whole account."""
        return f"arn:{self.partition}:iam::{account}:root"

    def log_group(self, name: str) -> str:
        """Return the ARN pattern of a log group (itself and its streams); the name may end in `*`."""
        return self._regional("logs", f"log-group:{name}:*")

    def trail(self, name: str) -> str:
        """Return a CloudTrail trail's ARN in its home region."""
        return self._regional("cloudtrail", f"trail/{name}")

    def trail_streams(self, log_group: str) -> str:
        """Return the ARN pattern of the log streams that CloudTrail makes of this account and region."""
        stream = f"{self.account}_CloudTrail_{self.region}"
        return self._regional("logs", f"log-group:{log_group}:log-stream:{stream}*")

    def log_group_itself(self, name: str) -> str:
        """Return the ARN of a log group without its streams, as tagging takes it; the name may end in `*`."""
        return self._regional("logs", f"log-group:{name}")

    def log_groups(self) -> str:
        """Return the ARN pattern of all log groups, as an encryption context carries them."""
        return self._regional("logs", "log-group:*")

    def event_rule(self, name: str) -> str:
        """Return the ARN of an EventBridge rule of the default bus."""
        return self._regional("events", f"rule/{name}")

    def alarms(self, prefix: str) -> str:
        """Return the ARN pattern of the alarms whose names start with a prefix."""
        return self._regional("cloudwatch", f"alarm:{prefix}*")

    def dashboard(self, name: str) -> str:
        """Return a CloudWatch dashboard's ARN, which has no region."""
        return f"arn:{self.partition}:cloudwatch::{self.account}:dashboard/{name}"

    def keys(self) -> str:
        """Return the ARN pattern of all KMS keys; a key's id is known to AWS alone."""
        return self._regional("kms", "key/*")

    def alias(self, name: str) -> str:
        """Return the ARN of a KMS key's alias, named without `alias/`."""
        return self._regional("kms", f"alias/{name}")

    def network_part(self, kind: str, identity: str = "*") -> str:
        """Return the ARN of a part of a network, such as `subnet`; of all of its kind without an id."""
        return self._regional("ec2", f"{kind}/{identity}")

    def budget(self, name: str) -> str:
        """Return a budget's ARN, which has no region."""
        return f"arn:{self.partition}:budgets::{self.account}:budget/{name}"

    def cost_anomalies(self, kind: str) -> str:
        """Return the ARN pattern of all `anomalymonitor` or `anomalysubscription`, whose ids AWS gives."""
        return f"arn:{self.partition}:ce::{self.account}:{kind}/*"

    def workload_identities(self, runtime: str) -> tuple[str, str]:
        """Return the ARNs of the directory, and of the identities that AgentCore makes for a runtime."""
        directory = self._regional("bedrock-agentcore", "workload-identity-directory/default")
        return directory, f"{directory}/workload-identity/{runtime}-*"

    def policy(self, name: str) -> str:
        """Return the ARN of a managed policy of this account, for policies without a path."""
        return f"arn:{self.partition}:iam::{self.account}:policy/{name}"

    def oidc_provider(self, host: str) -> str:
        """Return the ARN of an OpenID Connect provider."""
        return f"arn:{self.partition}:iam::{self.account}:oidc-provider/{host}"

    def repository(self, name: str) -> str:
        """Return an ECR repository's ARN."""
        return self._regional("ecr", f"repository/{name}")

    def image(self, repository: str, digest: str) -> str:
        """Return the address of an image in this account's registry; `digest` is `sha256:` and 64 digits."""
        return f"{self.account}.dkr.ecr.{self.region}.{self.dns_suffix}/{repository}@{digest}"

    def runtime(self, name: str) -> tuple[str, ...]:
        """Return the ARN patterns of a runtime, whose name AgentCore appends to, and its endpoints."""
        runtime = self._regional("bedrock-agentcore", f"runtime/{name}-*")
        endpoints = (f"{runtime}/runtime-endpoint/{endpoint}" for endpoint in (ENDPOINT, SERVICE_ENDPOINT))
        return runtime, *endpoints

    def any_agentcore_source(self) -> str:
        """Return the pattern of everything in AgentCore that may assume an execution role."""
        return self._regional("bedrock-agentcore", "*")

    def memory(self, memory_id: str) -> str:
        """Return an AgentCore memory's ARN."""
        return self._regional("bedrock-agentcore", f"memory/{memory_id}")

    def models(self, model_id: str, profile: str | None) -> list[str]:
        """Return every ARN that invoking a model touches: with a profile, its model in each region behind it.

        Source: Bedrock user guide, prerequisites for inference profiles.
        """
        if profile is None:
            return [self._foundation_model(self.region, model_id)]
        regions = PROFILE_REGIONS.get(profile, (self.region, ""))
        arn = self._regional("bedrock", f"inference-profile/{profile}.{model_id}")
        return [arn, *(self._foundation_model(region, model_id) for region in regions)]

    def _foundation_model(self, region: str, model_id: str) -> str:
        return f"arn:{self.partition}:bedrock:{region}::foundation-model/{model_id}"

    def service_in_region(self, service: str) -> str:
        """Return a service's name in this region, as `kms:ViaService` and some service principals have it."""
        return f"{service}.{self.region}.{self.dns_suffix}"

    def endpoint_service(self, service: str) -> str:
        """Return the name of the service behind a VPC endpoint (AWS PrivateLink guide)."""
        return f"com.amazonaws.{self.region}.{service}"

    @property
    def token_audience(self) -> str:
        """The audience of web identity tokens that AWS STS takes."""
        return f"sts.{self.dns_suffix}"
