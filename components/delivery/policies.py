"""Statements packed into managed policies that IAM takes."""

import json
from collections.abc import Iterable

from components.statements import Statement, document

CHARACTERS = 6144
POLICIES = 10
"""IAM and AWS STS quotas: characters of a managed policy, white space not counted; policies of a role."""


class TooLargeError(Exception):
    """What a role may do does not fit into its policies."""


def packed(statements: Iterable[Statement]) -> list[str]:
    """Return the documents of a role: each statement in the first that has room, in their order.

    Raises:
        TooLargeError: A statement does not fit even alone, or there are more documents than a role takes.
    """
    documents: list[list[Statement]] = []
    for statement in (piece for whole in statements for piece in _pieces(whole)):
        for bundle in documents:
            if len(document([*bundle, statement])) <= CHARACTERS:
                bundle.append(statement)
                break
        else:
            documents.append([statement])
    if len(documents) > POLICIES:
        raise TooLargeError(
            f"it takes {len(documents)} policies, a role has {POLICIES}; deliver fewer resources"
        )
    return [document(bundle) for bundle in documents]


def _pieces(statement: Statement) -> list[Statement]:
    """Halve a statement by its resources until each half fits; halves get numbers."""
    if len(document([statement])) <= CHARACTERS:
        return [statement]
    resources = statement["Resource"]
    if len(resources) == 1:
        size = len(json.dumps(statement))
        raise TooLargeError(f"{statement['Sid']} alone has {size} characters, a policy takes {CHARACTERS}")
    middle = len(resources) // 2
    halves = (resources[:middle], resources[middle:])
    return [
        piece
        for number, half in enumerate(halves, 1)
        for piece in _pieces({**statement, "Sid": f"{statement['Sid']}p{number}", "Resource": half})
    ]
