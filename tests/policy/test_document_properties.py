"""Properties of the judgement of documents: spelling never counts, and widening never takes a finding away."""

import json
from collections import Counter
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tms_policies.catalogue import RULES
from tms_policies.model import Resource, Stack

Statement = dict[str, Any]
ACCOUNT = "123456789012"
TABLE = f"arn:aws:dynamodb:us-east-1:{ACCOUNT}:table/trades"
ACTIONS = [
    *(
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:DeleteItem",
        "dynamodb:Get*",
        "dynamodb:*",
        "s3:GetObject",
    ),
    *(
        "s3:PutBucketPolicy",
        "sqs:SendMessage",
        "iam:PassRole",
        "lambda:CreateFunction",
        "lambda:InvokeFunction",
    ),
    *(
        "iam:CreateAccessKey",
        "sts:AssumeRole",
        "ecr:GetAuthorizationToken",
        "s3:Get?bject",
        "*",
    ),
]
RESOURCES = [
    *(TABLE, f"{TABLE}-*", "arn:aws:dynamodb:*:*:table/trades", "arn:aws:s3:::documents/BANK/*", "*"),
    *(f"arn:aws:sqs:us-east-1:{ACCOUNT}:trades", f"arn:aws:iam::{ACCOUNT}:role/admin"),
    *(f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:f", "arn:aws:s3:::documents"),
]
PRINCIPALS = [
    *({"AWS": ACCOUNT}, {"AWS": f"arn:aws:iam::{ACCOUNT}:role/a"}, {"AWS": "arn:aws:iam::999988887777:root"}),
    *({"Service": "sns.amazonaws.com"}, {"AWS": "*"}, "*"),
]
CONDITIONS = [
    {"StringEquals": {"aws:SourceAccount": ACCOUNT}},
    {"ArnLike": {"aws:SourceArn": f"arn:aws:sns:us-east-1:{ACCOUNT}:events"}},
    {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}},
    {"StringLike": {"s3:prefix": "BANK/*"}},
    {"Bool": {"aws:NoSuchKey": "true"}},
]
# What a wider document is told instead: a wildcard is reported as such, not for each thing that it covers
WIDER = {
    "iam-policy-wildcard-scope": {"iam-policy-wildcard-resource"},
    "iam-policy-permission-management": {"iam-policy-wildcard-action"},
    "iam-policy-credentials-exposure": {"iam-policy-wildcard-action"},
    "iam-role-destructive-actions": {"iam-policy-wildcard-action"},
    "iam-policy-cross-account": {"iam-policy-public-principal"},
    "iam-policy-service-caller": {"iam-policy-public-principal"},
    "bedrock-model-named": {"iam-policy-wildcard-action", "iam-policy-wildcard-resource"},
}
# These ask whether a document is right, not whether it is narrow
CORRECTNESS = {
    *("iam-policy-action-resource-match", "iam-policy-condition-keys", "iam-policy-duplicate-statement"),
    *("iam-policy-valid-document", "iam-role-void-grant", "iam-policy-idle-statement", "iam-policy-size"),
}
some = st.lists(st.sampled_from(ACTIONS), min_size=1, max_size=3, unique=True)
places = st.lists(st.sampled_from(RESOURCES), min_size=1, max_size=2, unique=True)


@st.composite
def statements(draw: st.DrawFn, *, resource_policy: bool) -> Statement:
    statement: Statement = {"Effect": draw(st.sampled_from(["Allow", "Allow", "Allow", "Deny"]))}
    statement["Action"], statement["Resource"] = draw(some), draw(places)
    if resource_policy:
        statement["Principal"] = draw(st.sampled_from(PRINCIPALS))
    if draw(st.booleans()):
        statement["Condition"] = draw(st.sampled_from(CONDITIONS))
    return statement


DOCUMENTS = st.booleans().flatmap(
    lambda shared: st.tuples(
        st.just(shared), st.lists(statements(resource_policy=shared), min_size=1, max_size=3)
    )
)


def verdict(shared: bool, document: object) -> Counter[str]:
    """Count the findings of each rule about identities and their documents."""
    token = "aws:sqs/queuePolicy:QueuePolicy" if shared else "aws:iam/rolePolicy:RolePolicy"
    props = {"policy": document, "role": "agent", "queueUrl": "q"}
    holder = Resource(token, "it", "urn:it", props, accounts=(ACCOUNT,))  # as a guarded provider says
    stack = Stack((holder,))
    rules = [
        candidate
        for candidate in RULES
        if candidate.id.startswith("iam-") or candidate.id == "bedrock-model-named"
    ]
    counts: Counter[str] = Counter()
    for rule in rules:
        subject: Any = stack if rule.scope == "stack" else holder
        if rule.scope == "stack" or rule.concerns(token):
            counts[rule.id] += len(list(rule.check(subject, rule.configured({}))))
    return +counts


def loosely(draw: st.DrawFn, values: list[str], *, folded: bool) -> object:
    """Spell a list otherwise: another order, another case of letters, one text for a list of one."""
    shuffled = draw(st.permutations(values))
    if folded:
        cases = st.sampled_from([str.lower, str.upper, str.swapcase, str])
        shuffled = [draw(cases)(value) for value in shuffled]
    return shuffled[0] if len(shuffled) == 1 and draw(st.booleans()) else list(shuffled)


@st.composite
def respelt(draw: st.DrawFn) -> tuple[bool, object, object]:
    shared, given_statements = draw(DOCUMENTS)
    respelled: list[Statement] = []
    for statement in given_statements:
        changed = dict(statement)
        changed["Action"] = loosely(draw, statement["Action"], folded=True)
        changed["Resource"] = loosely(draw, statement["Resource"], folded=False)
        if draw(st.booleans()) and isinstance(statement.get("Principal"), dict):
            changed["Principal"] = {key: [value] for key, value in statement["Principal"].items()}
        if "Condition" in statement and draw(st.booleans()):
            changed["Condition"] = {
                operator.upper(): {key.upper(): [value] for key, value in tests.items()}
                for operator, tests in statement["Condition"].items()
            }
        names = draw(st.permutations(sorted(changed)))
        respelled.append({draw(st.sampled_from([name, name.lower()])): changed[name] for name in names})
    listed: object = respelled[0] if len(respelled) == 1 and draw(st.booleans()) else respelled
    document = {"Version": "2012-10-17", "Statement": listed}
    text = json.dumps(document, indent=draw(st.sampled_from([None, 1, 4])))
    if draw(st.booleans()):
        text = text.replace("dynamodb", "\\u0064ynamodb").replace("Get", "\\u0047et")
    return (
        shared,
        {"Version": "2012-10-17", "Statement": given_statements},
        draw(st.sampled_from([document, text])),
    )


@settings(max_examples=300)
@given(respelt())
def test_a_verdict_does_not_depend_on_the_spelling(pair: tuple[bool, object, object]) -> None:
    shared, plain, respelled = pair
    assert verdict(shared, respelled) == verdict(shared, plain) == verdict(shared, json.dumps(plain))


@st.composite
def widened(draw: st.DrawFn) -> tuple[bool, list[Statement], list[Statement]]:
    shared, given_statements = draw(DOCUMENTS)
    index = draw(st.integers(0, len(given_statements) - 1))
    wide = [dict(statement) for statement in given_statements]
    widening = draw(st.sampled_from(["action", "resource", "condition", "principal", "statement", "denial"]))
    target = wide[index]
    if widening == "denial" or target["Effect"] == "Deny":
        target["Effect"] = "Allow"
    elif widening == "action":
        first = target["Action"][0]
        target["Action"] = [
            draw(st.sampled_from(["*", f"{first.partition(':')[0]}:*"])),
            *target["Action"][1:],
        ]
    elif widening == "resource":
        target["Resource"] = ["*"]
    elif widening == "condition":
        target.pop("Condition", None)
    elif widening == "principal" and shared:
        target["Principal"] = "*"
        target.pop("Condition", None)  # which may say who calls, so that anybody is nobody but that one
    else:
        wide.append({**draw(statements(resource_policy=shared)), "Effect": "Allow"})
    return shared, given_statements, wide


@settings(max_examples=300)
@given(widened())
def test_widening_never_takes_a_finding_away(pair: tuple[bool, list[Statement], list[Statement]]) -> None:
    shared, narrow, wide = pair
    before, after = verdict(shared, {"Statement": narrow}), verdict(shared, {"Statement": wide})
    for rule in before.keys() - CORRECTNESS:
        assert rule in after or WIDER.get(rule, set()) & after.keys(), (rule, before, after)
