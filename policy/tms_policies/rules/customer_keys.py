"""Rules that demand a customer's own KMS key, where a program's owner asks for one by configuration."""

from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.registry import rule
from tms_policies.rules.cloudwatch import LOG_GROUP
from tms_policies.rules.ecr import REPOSITORY
from tms_policies.rules.lambda_environment import variables
from tms_policies.rules.lambda_function import FUNCTION
from tms_policies.rules.secret_stores import PARAMETER, SECRET
from tms_policies.rules.sns import TOPIC
from tms_policies.rules.sqs import QUEUE
from tms_policies.settings import switch
from tms_policies.values import look, shown, unproven

REPLICA = "aws:dynamodb/tableReplica:TableReplica"
_REQUIRED = {
    "required": switch(
        "Whether a key of your own is demanded; off, because AWS's own key encrypts "
        "as well and a key of your own is paid for each month",
        default=False,
    )
}
_GUIDE = "https://docs.aws.amazon.com/"


def _why(content: str, page: str) -> str:
    """Return why a key of your own matters for some content, with the page of AWS's guide about it."""
    return (
        "The policy of AWS's own key cannot be changed, nor can the key be disabled: nobody can be kept "
        f"from {content} by way of the key. {_GUIDE}{page}"
    )


def _own(value: object) -> bool:
    """Return whether a value names a key; one that is not known yet is a key, and AWS's own is not ours."""
    return isinstance(value, Unknown) or (
        isinstance(value, str) and value != "" and "alias/aws/" not in value
    )


def _applies(resource: Resource) -> bool | Unknown:
    """Return whether there is something for a key to encrypt."""
    if resource.type == PARAMETER:
        kind = resource.props.get("type")
        return kind if isinstance(kind, Unknown) else kind == "SecureString"
    if resource.type == FUNCTION:
        value = variables(resource)
        return value if isinstance(value, Unknown) else bool(value)
    return True


def _own_key(resource: Resource, path: str, remedy: str) -> Iterable[Finding]:
    """Check the key of one resource."""
    value, applies = look(resource.props, *path.split(".")), _applies(resource)
    if _own(value) or applies is False:
        return
    if isinstance(applies, Unknown):
        yield unproven(applies, f"whether {resource.name} needs a key of your own must be known")
        return
    state = "missing" if value in (None, "") else shown(value)
    yield Finding(f"{path} of {resource.name} is {state}: a key of your own is demanded", remedy)


def _repository_key(resource: Resource, path: str, remedy: str) -> Iterable[Finding]:
    """Check the key of a repository, which is used only where the encryption type says so."""
    results = list(_own_key(resource, path, remedy))
    block = path.partition(".")[0]
    kind = look(resource.props, block, "encryptionType")
    if results or (isinstance(kind, Unknown) and kind.path == block):
        yield from results
    elif isinstance(kind, Unknown):
        yield unproven(kind, f"encryptionType of {resource.name} must be KMS or KMS_DSSE")
    elif kind not in ("KMS", "KMS_DSSE"):
        state = "missing" if kind in (None, "") else shown(kind)
        location = f"{block}.encryptionType of {resource.name}"
        yield Finding(f"{location} is {state}: the key beside it encrypts nothing", remedy)


@rule(
    "cloudwatch-log-group-customer-key",
    severity="medium",
    types=(LOG_GROUP,),
    reads=("kmsKeyId",),
    settings=_REQUIRED,
    remedy="Set kms_key_id=key.arn.",
    why=_why("log events", "AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html"),
)
def log_group_key(log_group: Resource, settings: Bag) -> Iterable[Finding]:
    """It is encrypted with a key of your own, where the setting `required` asks for it."""
    remedy = "kms_key_id=key.arn"
    return _own_key(log_group, "kmsKeyId", remedy) if settings["required"] else ()


@rule(
    "ecr-repository-customer-key",
    severity="medium",
    types=(REPOSITORY,),
    reads=("encryptionConfigurations",),
    settings=_REQUIRED,
    remedy='Set encryption_configurations=[{"encryption_type": "KMS", "kms_key": key.arn}].',
    why=_why("images", "AmazonECR/latest/userguide/encryption-at-rest.html"),
)
def repository_key(repository: Resource, settings: Bag) -> Iterable[Finding]:
    """It is encrypted with a key of your own, where the setting `required` asks for it."""
    remedy = 'encryption_configurations=[{"encryption_type": "KMS", "kms_key": key.arn}]'
    return (
        _repository_key(repository, "encryptionConfigurations.kmsKey", remedy) if settings["required"] else ()
    )


@rule(
    "lambda-function-customer-key",
    severity="medium",
    types=(FUNCTION,),
    reads=("kmsKeyArn",),
    settings=_REQUIRED,
    remedy="Set kms_key_arn=key.arn.",
    why=_why("environment variables", "lambda/latest/dg/configuration-envvars-encryption.html"),
)
def function_key(function: Resource, settings: Bag) -> Iterable[Finding]:
    """It is encrypted with a key of your own, where the setting `required` asks for it."""
    remedy = "kms_key_arn=key.arn"
    return _own_key(function, "kmsKeyArn", remedy) if settings["required"] else ()


@rule(
    "sqs-queue-customer-key",
    severity="medium",
    types=(QUEUE,),
    reads=("kmsMasterKeyId",),
    settings=_REQUIRED,
    remedy="Set kms_master_key_id=key.arn.",
    why=_why("messages", "AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html"),
)
def queue_key(queue: Resource, settings: Bag) -> Iterable[Finding]:
    """It is encrypted with a key of your own, where the setting `required` asks for it."""
    remedy = "kms_master_key_id=key.arn"
    return _own_key(queue, "kmsMasterKeyId", remedy) if settings["required"] else ()


@rule(
    "dynamodb-replica-customer-key",
    severity="medium",
    types=(REPLICA,),
    reads=("kmsKeyArn",),
    settings=_REQUIRED,
    remedy="Set kms_key_arn=key.arn.",
    why=_why("the replica's items", "amazondynamodb/latest/developerguide/EncryptionAtRest.html"),
)
def replica_key(replica: Resource, settings: Bag) -> Iterable[Finding]:
    """It is encrypted with a key of your own, where the setting `required` asks for it."""
    remedy = "kms_key_arn=key.arn"
    return _own_key(replica, "kmsKeyArn", remedy) if settings["required"] else ()


@rule(
    "sns-topic-customer-key",
    severity="medium",
    types=(TOPIC,),
    reads=("kmsMasterKeyId",),
    settings=_REQUIRED,
    remedy="Set kms_master_key_id=key.arn.",
    why=_why("messages", "sns/latest/dg/sns-server-side-encryption.html"),
)
def topic_key(topic: Resource, settings: Bag) -> Iterable[Finding]:
    """It is encrypted with a key of your own, where the setting `required` asks for it."""
    remedy = "kms_master_key_id=key.arn"
    return _own_key(topic, "kmsMasterKeyId", remedy) if settings["required"] else ()


@rule(
    "secretsmanager-secret-customer-key",
    severity="medium",
    types=(SECRET,),
    reads=("kmsKeyId",),
    settings=_REQUIRED,
    remedy="Set kms_key_id=key.arn.",
    why=_why("the secret", "secretsmanager/latest/userguide/security-encryption.html"),
)
def secret_key(secret: Resource, settings: Bag) -> Iterable[Finding]:
    """It is encrypted with a key of your own, where the setting `required` asks for it."""
    remedy = "kms_key_id=key.arn"
    return _own_key(secret, "kmsKeyId", remedy) if settings["required"] else ()


@rule(
    "ssm-parameter-customer-key",
    severity="medium",
    types=(PARAMETER,),
    reads=("keyId",),
    settings=_REQUIRED,
    remedy="Set key_id=key.arn.",
    why=_why("the parameter", "systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html"),
)
def parameter_key(parameter: Resource, settings: Bag) -> Iterable[Finding]:
    """It is encrypted with a key of your own, where the setting `required` asks for it."""
    remedy = "key_id=key.arn"
    return _own_key(parameter, "keyId", remedy) if settings["required"] else ()
