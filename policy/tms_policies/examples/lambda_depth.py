"""Examples of what may be asked of functions, and of who may call their addresses."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_CONFIG = "arn:aws:lambda:us-east-1:123456789012:code-signing-config:csc-1"


def _function(**props: object) -> Declared:
    return Declared("lambda/function:Function", {"name": "notify", **props}, name="notify")


def _subnets(*ids: str) -> Declared:
    return _function(vpcConfig={"subnetIds": list(ids), "securityGroupIds": ["sg-1"]})


def _url(**cors: object) -> Declared:
    props = {"functionName": "notify", "authorizationType": "AWS_IAM", "cors": cors}
    return Declared("lambda/functionUrl:FunctionUrl", props, name="notify-url")


EXAMPLES = (
    Example(
        "lambda-function-network",
        good=case(_subnets("subnet-1", "subnet-2")),
        bad=case(_subnets("subnet-1"), says="vpcConfig.subnetIds of notify has one subnet"),
        missing=case(_function(), says="vpcConfig of notify is missing", functions=["notify"]),
        unknown=case(_function(vpcConfig={"subnetIds": UNKNOWN}), functions=["notify"]),
        config=case(_function(), says="vpcConfig of notify is missing", functions=["*"]),
    ),
    Example(
        "lambda-function-concurrency",
        good=case(_function(reservedConcurrentExecutions=5), required=True),
        bad=case(_function(), says="reservedConcurrentExecutions of notify is missing", required=True),
        missing=case(_function()),
        unknown=case(_function(reservedConcurrentExecutions=UNKNOWN), required=True),
        config=case(_function(), says="reservedConcurrentExecutions of notify is missing", required=True),
    ),
    Example(
        "lambda-function-code-signing",
        good=case(_function(codeSigningConfigArn=_CONFIG), required=True),
        bad=case(_function(), says="codeSigningConfigArn of notify is missing", required=True),
        missing=case(_function(packageType="Image"), required=True),
        unknown=case(_function(codeSigningConfigArn=UNKNOWN), required=True),
        config=case(_function(), says="codeSigningConfigArn of notify is missing", required=True),
    ),
    Example(
        "lambda-url-cors",
        good=case(_url(allowOrigins=["https://desk.example.com"], allowMethods=["POST"])),
        bad=case(_url(allowOrigins=["*"]), says="cors.allowOrigins of notify-url is '*'"),
        missing=case(_url()),
        unknown=case(_url(allowOrigins=[UNKNOWN]), says="cannot be proven at preview"),
    ),
)
