"""What holds of every verdict, and where moto's evaluator is a second judge."""

import json
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from moto.iam.access_control import IAMPolicy, PermissionResult

from tests.support.evaluation import HERE, PRINCIPALS, THERE
from tms_policies.documents.document_properties import Kind
from tms_policies.documents.evaluation.decide import evaluate
from tms_policies.documents.evaluation.request import Request
from tms_policies.documents.evaluation.statements import Policy
from tms_policies.documents.evaluation.verdict import Decision, Policies

Statement = dict[str, Any]
TABLE = f"arn:aws:dynamodb:us-east-1:{HERE}:table/trades"
QUEUE = f"arn:aws:sqs:us-east-1:{THERE}:q"
KEY = f"arn:aws:kms:us-east-1:{HERE}:key/1"
CALLS = [
    *(("dynamodb:Query", TABLE), ("dynamodb:DeleteItem", TABLE), ("sqs:SendMessage", QUEUE)),
    *(("s3:GetObject", "arn:aws:s3:::b/ann/x"), ("s3:ListBucket", "arn:aws:s3:::b"), ("kms:Decrypt", KEY)),
]
ACTIONS = ["*", "dynamodb:*", "dynamodb:Query", "dynamodb:D*", "s3:*", "s3:Get*", "sqs:SendMessage", "kms:*"]
PLACES = ["*", TABLE, f"{TABLE}*", QUEUE, "arn:aws:s3:::b", "arn:aws:s3:::b/*", KEY, f"arn:aws:*:*:{HERE}:*"]
VARIABLE = "arn:aws:s3:::b/${aws:username}/*"
CONDITIONS: list[dict[str, dict[str, object]]] = [
    {"StringEquals": {"aws:RequestedRegion": "us-east-1"}},
    {"StringNotLike": {"aws:PrincipalTag/team": ["bl*", "red"]}},
    {"Bool": {"aws:SecureTransport": "false"}},
    {"ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]}},
    {"ForAnyValue:StringLike": {"aws:TagKeys": ["a*"]}},
    {"NumericLessThanIfExists": {"s3:max-keys": "10"}},
    {"Null": {"aws:SourceVpce": "true"}},
    {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{HERE}:role/*"}},
]
NAMES: list[object] = [
    *("*", {"AWS": HERE}, {"AWS": f"arn:aws:iam::{THERE}:root"}, {"AWS": f"arn:aws:iam::{HERE}:role/agent"}),
    *({"AWS": f"arn:aws:sts::{HERE}:assumed-role/agent/run-1"}, {"Service": "sns.amazonaws.com"}),
]
CONTEXTS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "aws:RequestedRegion": st.sampled_from(["us-east-1", "eu-west-1"]),
        "aws:SecureTransport": st.booleans(),
        "aws:TagKeys": st.lists(st.sampled_from(["a", "b", "c"]), max_size=3),
        "s3:max-keys": st.sampled_from([1, 100, "many"]),
        "aws:SourceVpce": st.just("vpce-1"),
    },
)
WHO = st.sampled_from(["session", "user", "role", "stranger", "root", "sns", "anonymous", "federated user"])


@st.composite
def statements(draw: st.DrawFn, kind: Kind = "identity", effect: str | None = None) -> Statement:
    statement: Statement = {
        "Effect": effect or draw(st.sampled_from(["Allow", "Allow", "Allow", "Deny"])),
        draw(st.sampled_from(["Action", "Action", "NotAction"])): draw(_some(ACTIONS)),
        draw(st.sampled_from(["Resource", "Resource", "NotResource"])): draw(_some([*PLACES, VARIABLE])),
    }
    if draw(st.integers(0, 2)) == 0:
        statement["Condition"] = draw(st.sampled_from(CONDITIONS))
    if kind == "resource":
        statement["Principal"] = draw(st.sampled_from(NAMES))
    return statement


def _some(values: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)


def document(listed: list[Statement], name: str = "it", kind: Kind = "identity") -> Policy:
    return Policy.of(name, {"Version": "2012-10-17", "Statement": listed}, kind)


def several(kind: Kind = "identity") -> st.SearchStrategy[list[Statement]]:
    return st.lists(statements(kind), min_size=1, max_size=3)


@st.composite
def requests(draw: st.DrawFn) -> Request:
    action, resource = draw(st.sampled_from(CALLS))
    return Request(PRINCIPALS[draw(WHO)], action, (resource,), draw(CONTEXTS))


Parts = dict[str, list[Statement]]
PARTS: st.SearchStrategy[Parts] = st.fixed_dictionaries(
    {"identity": several()},
    optional={"resource": several("resource"), "boundary": several(), "session": several(), "scp": several()},
)


def built(parts: Parts) -> Policies:
    def one(key: str, kind: Kind = "identity") -> Policy | None:
        return document(parts[key], key, kind) if key in parts else None

    session, scp = one("session"), one("scp")
    return Policies(
        identity=[document(parts["identity"], "identity")],
        boundary=one("boundary"),
        session=[session] if session else [],
        resource=one("resource", "resource"),
        scps=[[scp]] if scp else [],
    )


def allowed(request: Request, parts: Parts) -> bool:
    return evaluate(request, built(parts)).allowed


@settings(max_examples=400)
@given(requests(), PARTS, st.data())
def test_adding_a_denial_never_allows_more(request: Request, parts: Parts, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(parts)))
    added = data.draw(statements("resource" if key == "resource" else "identity", "Deny"))
    larger = {**parts, key: [*parts[key], added]}
    assert allowed(request, parts) or not allowed(request, larger)


@settings(max_examples=400)
@given(requests(), PARTS, st.data())
def test_adding_an_allow_never_takes_one_away(request: Request, parts: Parts, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(parts)))
    added = data.draw(statements("resource" if key == "resource" else "identity", "Allow"))
    larger = {**parts, key: [*parts[key], added]}
    assert allowed(request, larger) or not allowed(request, parts)


@settings(max_examples=400)
@given(requests(), PARTS)
def test_an_allow_without_its_conditions_never_denies(request: Request, parts: Parts) -> None:
    bare = {
        key: [
            {
                name: value
                for name, value in statement.items()
                if name != "Condition" or statement["Effect"] == "Deny"
            }
            for statement in listed
        ]
        for key, listed in parts.items()
    }
    assert allowed(request, bare) or not allowed(request, parts)


@settings(max_examples=300)
@given(requests(), PARTS, st.data())
def test_order_does_not_matter(request: Request, parts: Parts, data: st.DataObject) -> None:
    shuffled = {key: data.draw(st.permutations(listed)) for key, listed in parts.items()}
    assert evaluate(request, built(shuffled)).decision == evaluate(request, built(parts)).decision
    whole = built(parts)
    split = replace(whole, identity=[document([statement]) for statement in shuffled["identity"]])
    assert evaluate(request, split).decision == evaluate(request, whole).decision


def _scalars(value: object) -> object:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _respelled(statement: Statement) -> Statement:
    respelled = {key: _scalars(value) for key, value in statement.items()}
    if "Condition" in respelled:
        respelled["Condition"] = {
            operator.lower(): {
                key.upper(): [value] if isinstance(value, str) else value for key, value in tests.items()
            }
            for operator, tests in statement["Condition"].items()
        }
    if isinstance(respelled.get("Principal"), dict):
        respelled["Principal"] = {sort: [value] for sort, value in statement["Principal"].items()}
    return respelled


@settings(max_examples=300)
@given(requests(), PARTS)
def test_spelling_does_not_matter(request: Request, parts: Parts) -> None:
    respelled = {key: [_respelled(statement) for statement in listed] for key, listed in parts.items()}
    loose = replace(
        request,
        action=request.action.swapcase(),
        context={key.swapcase(): _scalars(value) for key, value in request.context.items()},
    )
    assert evaluate(loose, built(respelled)).decision == evaluate(request, built(parts)).decision


def _rooted(statement: Statement) -> Statement:
    ids = {HERE: f"arn:aws:iam::{HERE}:root", f"arn:aws:iam::{THERE}:root": THERE}
    principals = statement["Principal"]
    return {
        **statement,
        "Principal": {k: ids.get(v, v) for k, v in principals.items()}
        if isinstance(principals, dict)
        else principals,
    }


@settings(max_examples=300)
@given(requests(), PARTS, several("resource"))
def test_an_account_is_its_root_arn(request: Request, parts: Parts, listed: list[Statement]) -> None:
    plain, rooted = (
        {**parts, "resource": listed},
        {**parts, "resource": [_rooted(statement) for statement in listed]},
    )
    assert evaluate(request, built(rooted)).decision == evaluate(request, built(plain)).decision


@settings(max_examples=300)
@given(requests(), PARTS, several())
def test_a_boundary_only_narrows(request: Request, parts: Parts, boundary: list[Statement]) -> None:
    free = {key: listed for key, listed in parts.items() if key != "boundary"}
    assert allowed(request, free) or not allowed(request, {**free, "boundary": boundary})


@settings(max_examples=300)
@given(requests(), PARTS)
def test_an_explicit_denial_names_a_statement_that_denies(request: Request, parts: Parts) -> None:
    outcome = evaluate(request, built(parts))
    if outcome.decision == Decision.EXPLICIT_DENY:
        label, _, key = outcome.by.partition(" of ")
        assert parts[key][int(label.removeprefix("statement "))]["Effect"] == "Deny"


# moto is a judge of identity policies with Action, NotAction and Resource and nothing else. It is none of conditions
# (a Deny whose condition does not hold denies), of NotResource (which it takes for no Resource), of `?` and letter
# case (its patterns are expressions in which `.` is any sign), of boundaries, session policies, and of resource
# policies beyond `Principal`. Actions and resources here therefore have neither `?` nor other letter case.
def _simple(effect: str, name: str, actions: list[str], resources: list[str]) -> dict[str, Any]:
    return {"Effect": effect, name: actions, "Resource": resources}


MOTO: dict[PermissionResult, Decision] = {
    PermissionResult.PERMITTED: Decision.ALLOWED,
    PermissionResult.DENIED: Decision.EXPLICIT_DENY,
    PermissionResult.NEUTRAL: Decision.IMPLICIT_DENY,
}
SIMPLE = st.lists(
    st.builds(
        _simple,
        st.sampled_from(["Allow", "Allow", "Deny"]),
        st.sampled_from(["Action", "Action", "NotAction"]),
        _some(ACTIONS),
        _some(PLACES),
    ),
    min_size=1,
    max_size=4,
)
OWN = [(action, resource) for action, resource in CALLS if resource not in (QUEUE, KEY)]


@settings(max_examples=500)
@given(SIMPLE, st.sampled_from(OWN))
def test_moto_agrees_where_it_is_a_judge(listed: list[Statement], call: tuple[str, str]) -> None:
    text = json.dumps({"Version": "2012-10-17", "Statement": listed})
    outcome = evaluate(
        Request(PRINCIPALS["session"], call[0], (call[1],)), Policies(identity=[Policy.of("it", text)])
    )
    assert outcome.decision == MOTO[IAMPolicy({"policy_document": text}).is_action_permitted(*call)]
