"""Examples of the rules about a function by itself."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"


def _function(**props: object) -> Declared:
    return Declared("lambda/function:Function", {"name": "matching", **props}, name="matching")


EXAMPLES = (
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
