"""Types of Lambda."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from toolkit.aws.location import Location
from toolkit.aws.types.import_ids import NAME, Inputs, function_name, joined
from toolkit.aws.types.listing import Listing, Row, rows
from toolkit.aws.types.model import AwsType
from toolkit.aws.types.parts import Loss, ProviderFacts, Unread, actions


def _permission_id(inputs: Inputs, _location: Location) -> str | None:
    function, statement = function_name(inputs.get("function", "")), inputs.get("statementId")
    if not function or not statement:
        return None
    version = inputs.get("qualifier")
    return f"{function}:{version}/{statement}" if version else f"{function}/{statement}"


def _function_url_id(inputs: Inputs, _location: Location) -> str | None:
    function = function_name(inputs.get("functionName", ""))
    return "/".join(filter(None, (function, inputs.get("qualifier")))) if function else None


def _permission_rows(page: Mapping[str, Any]) -> Iterable[Row]:
    for statement in json.loads(page.get("Policy") or "{}").get("Statement", ()):
        principal = statement.get("Principal") or {}
        name = principal if isinstance(principal, str) else next(iter(principal.values()), "")
        sid = statement["Sid"]
        yield {"id": sid, "name": sid, "action": statement.get("Action"), "principal": name}


def _url_rows(page: Mapping[str, Any]) -> Iterable[Row]:
    """Yield the URL of a function and those of its aliases."""
    for config in page.get("FunctionUrlConfigs", ()):
        _, _, _, _, _, _, name, *qualifier = config["FunctionArn"].split(":")
        identity = "/".join((name, *qualifier))
        yield {"id": identity, "name": identity}


TYPES: tuple[AwsType, ...] = (
    AwsType(
        "aws:lambda/alias:Alias",
        import_id=joined("functionName", "name", by="/"),
        listing=Listing(
            "lambda",
            "list_aliases",
            "lambda:ListAliases",
            rows("Aliases[].{id: Name, name: Name}"),
            within={"functionName": "FunctionName"},
            parent="aws:lambda/function:Function",
            id="{functionName}/{id}",
        ),
        reads=actions("lambda", "GetAlias"),
    ),
    AwsType(
        "aws:lambda/eventSourceMapping:EventSourceMapping",
        listing=Listing(
            "lambda",
            "list_event_source_mappings",
            "lambda:ListEventSourceMappings",
            rows(
                "EventSourceMappings[].{id: UUID, name: UUID, functionName: FunctionArn, "
                "eventSourceArn: EventSourceArn}"
            ),
            match=("functionName", "eventSourceArn"),
        ),
        reads=actions("lambda", "GetEventSourceMapping"),
    ),
    AwsType(
        "aws:lambda/function:Function",
        import_id=NAME,
        listing=Listing(
            "lambda",
            "list_functions",
            "lambda:ListFunctions",
            rows("Functions[].{id: FunctionName, name: FunctionName}"),
        ),
        loss=Loss("id", "its versions, aliases and permissions would be lost"),
        provider=ProviderFacts(
            (
                "lambda/function.go",
                "https://github.com/pulumi/pulumi-aws/issues/2392",
            ),
            defaults={
                "memorySize": 128,
                "timeout": 3,
                "reservedConcurrentExecutions": -1,
                "packageType": "Zip",
            },
            unread={
                "code": Unread(ignored=True, effect="uploads the program's code over the live one"),
                "sourceCodeHash": Unread(ignored=True, effect="uploads the program's code over the live one"),
                "publish": Unread(effect="publishes a version"),
            },
        ),
        reads=actions("lambda", "GetFunction GetFunctionCodeSigningConfig ListTags ListVersionsByFunction"),
    ),
    AwsType(
        "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
        import_id=joined("functionName"),
    ),
    AwsType(
        "aws:lambda/functionUrl:FunctionUrl",
        import_id=_function_url_id,
        listing=Listing(
            "lambda",
            "list_function_url_configs",
            "lambda:ListFunctionUrlConfigs",
            _url_rows,
            within={"functionName": "FunctionName"},
            parent="aws:lambda/function:Function",
        ),
        reads=actions("lambda", "GetFunctionUrlConfig"),
    ),
    AwsType(
        "aws:lambda/permission:Permission",
        import_id=_permission_id,
        listing=Listing(
            "lambda",
            "get_policy",
            "lambda:GetPolicy",
            _permission_rows,
            match=("action", "principal"),
            within={"function": "FunctionName"},
            parent="aws:lambda/function:Function",
            id="{function}/{id}",
        ),
        loss=Loss("access", "calls of the function would be refused in between"),
    ),
)
