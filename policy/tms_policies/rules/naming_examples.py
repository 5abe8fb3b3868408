"""Examples of the rules of `naming`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_PATTERNS = {"aws:sqs/queue:Queue.name": "trade-matching-[a-z-]+"}
_OTHER = {"aws:sqs/queue:Queue.name": "[A-Za-z]+"}


def _queue(**props: str) -> Declared:
    return Declared("sqs/queue:Queue", props, name="exceptions")


EXAMPLES = (
    Example(
        "account-resource-naming",
        good=case(_queue(name="trade-matching-exceptions"), patterns=_PATTERNS),
        bad=case(
            _queue(name="ExceptionsQueue"),
            says="name of exceptions is 'ExceptionsQueue', which does not match trade-matching-[a-z-]+",
            patterns=_PATTERNS,
        ),
        missing=case(
            _queue(),
            says="name of exceptions is missing, so that a name is made up",
            patterns=_PATTERNS,
        ),
        unknown=case(_queue(name=UNKNOWN), says="cannot be proven at preview", patterns=_PATTERNS),
        config=case(
            _queue(name="trade-matching-exceptions"),
            says="which does not match [A-Za-z]+",
            patterns=_OTHER,
        ),
    ),
)
