"""The data source `aws:iam/getPolicyDocument`: a policy document from statements, as published.

Facts from `website/docs/d/iam_policy_document.html.markdown` of hashicorp/terraform-provider-aws.
"""

import json
from collections.abc import Iterable
from typing import Any, cast

from embedded.aws.plugin.errors import RefusedError
from embedded.aws.plugin.values import Bag

_VERSION = "2012-10-17"
_MERGING = ("sourcePolicyDocuments", "overridePolicyDocuments", "sourceJson", "overrideJson")
_LISTS = {
    "actions": "Action",
    "notActions": "NotAction",
    "resources": "Resource",
    "notResources": "NotResource",
}
_PRINCIPALS = {"principals": "Principal", "notPrincipals": "NotPrincipal"}


def policy_document(args: Bag) -> Bag:
    """Compose a policy document.

    Args:
        args: `statements`, `policyId` and `version`.

    Returns:
        The arguments, and the document as `json` and `minifiedJson`.

    Raises:
        RefusedError: The arguments merge other documents, which is not modelled.
    """
    merging = [name for name in _MERGING if args.get(name)]
    if merging:
        raise RefusedError(
            f"aws:iam/getPolicyDocument:getPolicyDocument: '{merging[0]}' is not modelled by "
            "the embedded AWS; give statements"
        )
    version = args.get("version") or _VERSION
    document: Bag = {"Version": version}
    if args.get("policyId"):
        document["Id"] = args["policyId"]
    document["Statement"] = [_statement(statement) for statement in args.get("statements") or []]
    text = json.dumps(document, indent=2)
    minified = json.dumps(document, separators=(",", ":"))
    return {**args, "id": "embedded", "version": version, "json": text, "minifiedJson": minified}


def _statement(block: Bag) -> Bag:
    """Return one statement; its default effect is Allow."""
    statement: Bag = {"Sid": block["sid"]} if block.get("sid") else {}
    statement["Effect"] = block.get("effect") or "Allow"
    for name, element in _LISTS.items():
        if block.get(name):
            statement[element] = _one_or_many(sorted(block[name], reverse=True))
    for name, element in _PRINCIPALS.items():
        if block.get(name):
            statement[element] = _principals(block[name])
    if block.get("conditions"):
        statement["Condition"] = _conditions(block["conditions"])
    return statement


def _one_or_many(values: list[str]) -> str | list[str]:
    """Return a single value as it is, several as a list; `&{...}` stands for a policy variable."""
    written = [value.replace("&{", "${") for value in values]
    return written[0] if len(written) == 1 else written


def _principals(blocks: Iterable[Bag]) -> str | Bag:
    """Return principals by type; everyone is a plain `*`."""
    principals: dict[str, list[str]] = {}
    for principal in blocks:
        principals.setdefault(principal["type"], []).extend(principal["identifiers"])
    if principals == {"*": ["*"]}:
        return "*"
    return {kind: _one_or_many(sorted(names, reverse=True)) for kind, names in principals.items()}


def _conditions(blocks: Iterable[Bag]) -> Bag:
    """Return conditions by operator and key."""
    conditions: Bag = {}
    for condition in blocks:
        by_key = cast("dict[str, Any]", conditions.setdefault(condition["test"], {}))
        by_key[condition["variable"]] = _one_or_many(condition["values"])
    return conditions
