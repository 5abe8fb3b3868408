"""Examples of the rules of `lambda_function`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_CONFIG = "arn:aws:lambda:us-east-1:123456789012:code-signing-config:csc-1"
_NOT_PROVEN = "cannot be proven at preview"


def _bare_function(**props: object) -> Declared:
    return Declared("lambda/function:Function", {"name": "notify", **props}, name="notify")


def _subnets(*ids: str) -> Declared:
    return _bare_function(vpcConfig={"subnetIds": list(ids), "securityGroupIds": ["sg-1"]})


def _function(**props: object) -> Declared:
    return Declared("lambda/function:Function", {"name": "matching", **props}, name="matching")


EXAMPLES = (
    Example(
        "lambda-function-network",
        good=case(_subnets("subnet-1", "subnet-2")),
        bad=case(_subnets("subnet-1"), says="vpcConfig.subnetIds of notify has one subnet"),
        missing=case(_bare_function(), says="vpcConfig of notify is missing", functions=["notify"]),
        unknown=case(_bare_function(vpcConfig={"subnetIds": UNKNOWN}), functions=["notify"]),
        config=case(_bare_function(), says="vpcConfig of notify is missing", functions=["*"]),
    ),
    Example(
        "lambda-function-concurrency",
        good=case(_bare_function(reservedConcurrentExecutions=5), required=True),
        bad=case(_bare_function(), says="reservedConcurrentExecutions of notify is missing", required=True),
        missing=case(_bare_function()),
        unknown=case(_bare_function(reservedConcurrentExecutions=UNKNOWN), required=True),
        config=case(
            _bare_function(), says="reservedConcurrentExecutions of notify is missing", required=True
        ),
    ),
    Example(
        "lambda-function-code-signing",
        good=case(_bare_function(codeSigningConfigArn=_CONFIG), required=True),
        bad=case(_bare_function(), says="codeSigningConfigArn of notify is missing", required=True),
        missing=case(_bare_function(packageType="Image"), required=True),
        unknown=case(_bare_function(codeSigningConfigArn=UNKNOWN), required=True),
        config=case(_bare_function(), says="codeSigningConfigArn of notify is missing", required=True),
    ),
    Example(
        "lambda-function-runtime",
        good=case(_function(runtime="python3.13")),
        bad=case(
            _function(runtime="python3.9"),
            says="runtime of matching is 'python3.9', which is not among the supported ones",
        ),
        missing=case(_function(packageType="Image")),
        unknown=case(_function(runtime=UNKNOWN), says=_NOT_PROVEN),
        config=case(_function(runtime="python3.10"), supported=["python3.13", "python3.10"]),
    ),
    Example(
        "lambda-function-tracing",
        good=case(_function(tracingConfig={"mode": "Active"})),
        bad=case(
            _function(tracingConfig={"mode": "PassThrough"}),
            says="tracingConfig.mode of matching is 'PassThrough'",
        ),
        missing=case(_function(), says="tracingConfig.mode of matching is missing"),
        unknown=case(_function(tracingConfig={"mode": UNKNOWN}), says=_NOT_PROVEN),
    ),
    Example(
        "lambda-function-timeout",
        good=case(_function(timeout=60)),
        bad=case(_function(timeout=2), says="timeout of matching is 2 s, not 5 to 900 s"),
        missing=case(_function(), says="timeout of matching is missing, which means 3 s"),
        unknown=case(_function(timeout=UNKNOWN), says=_NOT_PROVEN),
        config=case(
            _function(timeout=60), says="timeout of matching is 60 s, not 5 to 30 s", maximumSeconds=30
        ),
    ),
)
