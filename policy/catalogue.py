"""Every rule of the pack, in the order in which they are documented."""

from policy.model import Rule
from policy.rules import (
    dynamodb,
    dynamodb_keys,
    iam_documents,
    iam_identities,
    iam_trust,
    s3,
    s3_stack,
    sqs,
    sqs_dead_letter,
    stateful,
    tags,
)

_JUDGING: tuple[Rule, ...] = (
    *dynamodb.RULES,
    *dynamodb_keys.RULES,
    *s3.RULES,
    *s3_stack.RULES,
    *sqs.RULES,
    *sqs_dead_letter.RULES,
    *iam_documents.RULES,
    *iam_trust.RULES,
    *iam_identities.RULES,
    *tags.RULES,
    stateful.PROTECT,
)
RULES: tuple[Rule, ...] = (*_JUDGING, stateful.ignore_changes(_JUDGING))
