"""Field types that carry AWS's own limits, each with the page that states it."""

import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, GetJsonSchemaHandler
from pydantic.alias_generators import to_camel
from pydantic_core import CoreSchema

AWS_MANAGED = "aws-managed"
AWS_OWNED = "aws-owned"
AES256 = "AES256"
SQS_MANAGED = "sqs-managed"
STACK_KEY = "stack-key"


class Strict(BaseModel, frozen=True):
    """Base of all settings: no unknown key, no silent conversion, no later change."""

    model_config = ConfigDict(extra="forbid", strict=True, alias_generator=to_camel)


@dataclass(frozen=True, slots=True)
class Limit(AfterValidator):
    """A check that editors make too, as far as JSON Schema can say it.

    Attributes:
        schema: Keywords of JSON Schema with their values; pairs, as annotations must have a hash.
    """

    schema: tuple[tuple[str, object], ...] = ()

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Add the keywords to what is said of the type."""
        return {**handler(core), **dict(self.schema)}


def matching(pattern: str, meaning: str, flags: re.RegexFlag = re.ASCII) -> Limit:
    """Accept texts that match a whole pattern; the error says what is allowed.

    Digits and letters are those of ASCII, as AWS has it nearly everywhere; only tags may hold others.
    """
    compiled = re.compile(pattern, flags)

    def check(value: str) -> str:
        if compiled.fullmatch(value) is None:
            raise ValueError(f"allowed is {meaning}")
        return value

    check.__doc__ = meaning
    return Limit(check, (("pattern", f"^(?:{pattern})$"),))


def text(high: int, low: int = 1) -> Limit:
    """Accept texts up to a length that can be handed to AWS: without controls, and with something to read."""
    read = r"(?=[\s\S]*\S)" if low else ""
    # controls but tab and line ends, and halves of characters, which no program can write
    clean = rf"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]{{{low},{high}}}"
    meaning = f"a text of {low} to {high} characters, without control characters"
    limit = matching(read + clean, meaning, re.UNICODE)
    return Limit(limit.func, (*limit.schema, ("minLength", low), ("maxLength", high)))


def within(low: float, high: float, unit: str) -> Limit:
    """Accept numbers of a closed range; the error says range and unit."""

    def check(value: float) -> float:
        if not low <= value <= high:
            raise ValueError(f"allowed is {meaning}")
        return value

    check.__doc__ = meaning = f"{low} to {high} {unit}".rstrip()
    return Limit(check, (("minimum", low), ("maximum", high)))


def key_or(*words: str) -> AfterValidator:
    """Accept one of the words, or the ARN of a KMS key."""

    def check(value: str) -> str:
        if value not in words and KEY_ARN.fullmatch(value) is None:
            raise ValueError(f"allowed is {meaning}")
        return value

    check.__doc__ = meaning = f"{' or '.join(words)}, or a key ARN (arn:aws:kms:REGION:ACCOUNT:key/ID)"
    return AfterValidator(check)


def allowed(validator: AfterValidator) -> str:
    """Return in words what a validator of this module allows."""
    return validator.func.__doc__ or ""


KEY_ARN = re.compile(r"arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key/[A-Za-z0-9-]+", re.ASCII)

AccountId = Annotated[str, matching(r"\d{12}", "12 digits, quoted")]
# DynamoDB naming rules: tables and indexes 3-255 characters, attributes up to 255 bytes
TableName = Annotated[str, matching(r"[A-Za-z0-9_.-]{3,255}", "3 to 255 letters, digits, '_', '-' and '.'")]
AttributeName = Annotated[str, matching(r"\S{1,255}", "1 to 255 characters without spaces")]
# S3 bucket naming rules
BucketName = Annotated[
    str,
    matching(
        r"(?!\d+\.\d+\.\d+\.\d+$)(?!xn--|sthree-)(?!.*(\.\.|-s3alias$|--ol-s3$))[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
        "3 to 63 lower-case letters, digits, '-' and '.', as S3 names buckets",
    ),
]
# object key rules, without `*`: in the ARNs that grants are made of it would be a wildcard
PrefixPath = Annotated[
    str,
    matching(r"(?!/)[A-Za-z0-9!_.'()/-]{0,1000}/", "a path of letters, digits and !_.'()/- that ends in '/'"),
]
# SQS quotas: 80 characters, `.fifo` included
QueueName = Annotated[
    str, matching(r"[A-Za-z0-9_-]{1,75}(\.fifo)?|[A-Za-z0-9_-]{1,80}", "1 to 80 letters, digits, '_' and '-'")
]
# SNS: 256 characters, `.fifo` included
TopicName = Annotated[
    str,
    matching(r"[A-Za-z0-9_-]{1,251}(\.fifo)?|[A-Za-z0-9_-]{1,256}", "1 to 256 letters, digits, '_' and '-'"),
]
RoleName = Annotated[str, matching(r"[\w+=,.@-]{1,64}", "1 to 64 letters, digits and +=,.@_-")]
RuntimeName = Annotated[str, matching(r"[A-Za-z]\w{0,47}", "1 to 48 letters, digits and '_'")]
MemoryId = Annotated[str, matching(r"[A-Za-z][\w-]{0,99}-[A-Za-z0-9]{10}", "a memory id, as NAME-XXXXXXXXXX")]
LogGroupName = Annotated[str, matching(r"[A-Za-z0-9_/.#-]{1,512}", "1 to 512 letters, digits and _/.#-")]
RepositoryName = Annotated[
    str, matching(r"[a-z0-9]+([._/-]+[a-z0-9]+)*", "lower-case letters, digits and single ._-/ between them")
]
ModelId = Annotated[
    str, matching(r"[a-z0-9-]+\.[A-Za-z0-9.-]+(:\d+)*", "a foundation model id, as amazon.nova-pro-v1:0")
]
PolicyArn = Annotated[
    str, matching(r"arn:aws[a-z-]*:iam::(\d{12}|aws):policy/[\w+=,.@/-]+", "the ARN of an IAM policy")
]
# KMS API reference, CreateAlias; aws/ is AWS's own
AliasName = Annotated[
    str,
    matching(r"(?!aws/)[A-Za-z0-9/_-]{1,250}", "1 to 250 letters, digits and /_-, not starting with aws/"),
]
# CloudWatch Logs API reference, PutRetentionPolicy
Retention = Literal[
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653
]
# tagging limits of the Resource Groups Tagging API
TagKey = Annotated[
    str,
    matching(r"(?!(?i:aws:))[\w .:/=+@-]{1,128}", "1 to 128 characters, not starting with aws:", re.UNICODE),
]
TagValue = Annotated[
    str, matching(r"[\w .:/=+@-]{1,256}", "1 to 256 letters, digits, spaces and _.:/=+-@", re.UNICODE)
]
LogicalName = Annotated[str, matching(r"[a-z][a-z0-9-]{0,39}", "lower-case letters, digits and '-'")]
Days = Annotated[int, within(1, 36500, "days")]
