"""Every rule of the pack, in the order in which they are documented."""

from policy.model import Rule
from policy.rules import dynamodb, iam_documents, iam_identities, iam_trust

RULES: tuple[Rule, ...] = (*dynamodb.RULES, *iam_documents.RULES, *iam_trust.RULES, *iam_identities.RULES)
