"""Examples of the rules of `lambda_environment`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case


def _function(**props: object) -> Declared:
    return Declared("lambda/function:Function", {"name": "matching", **props}, name="matching")


EXAMPLES = (
    Example(
        "lambda-function-reserved-names",
        good=case(_function(environment={"variables": {"TABLE": "trades"}})),
        bad=case(
            _function(environment={"variables": {"AWS_REGION": "us-east-1"}}),
            says="environment.variables.AWS_REGION of matching is a name that Lambda reserves",
        ),
        missing=case(_function()),
        unknown=case(_function(environment={"variables": UNKNOWN}), says="cannot be proven at preview"),
    ),
)
