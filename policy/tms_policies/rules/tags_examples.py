"""Examples of the rules of `tags`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_TAGS = {"Environment": "production", "Project": "trade-matching", "ManagedBy": "pulumi"}


def _queue(tags: object = None) -> Declared:
    value = {"name": "exceptions"} if tags is None else {"name": "exceptions", "tags": tags}
    return Declared("sqs/queue:Queue", value, name="exceptions")


EXAMPLES = (
    Example(
        "account-resource-required-tags",
        good=case(_queue(_TAGS)),
        bad=case(
            _queue({"environment": "production", "Project": "trade-matching", "ManagedBy": "pulumi"}),
            says="exceptions misses the tags Environment (tag keys are case-sensitive: it has 'environment')",
        ),
        missing=case(_queue(), says="exceptions misses the tags Environment, Project, ManagedBy"),
        unknown=case(_queue(UNKNOWN), says="cannot be proven at preview"),
        config=case(
            _queue(_TAGS),
            says="the tag Environment of exceptions is 'production', which is none of prod, test",
            allowedValues={"Environment": ["prod", "test"]},
        ),
    ),
)
