"""Every rule of the pack, in the order in which they are documented."""

from policy.model import Rule
from policy.rules import dynamodb

RULES: tuple[Rule, ...] = (*dynamodb.RULES,)
