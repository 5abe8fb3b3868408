"""Types of AWS Batch."""

from toolkit.aws.types.model import AwsType
from toolkit.aws.types.parts import ProviderFacts, Unread

TYPES: tuple[AwsType, ...] = (
    AwsType(
        "aws:batch/jobDefinition:JobDefinition",
        provider=ProviderFacts(
            ("https://github.com/pulumi/pulumi-aws/issues/5241",),
            unread={"deregisterOnNewRevision": Unread(sent=False, filled=True)},
        ),
    ),
)
