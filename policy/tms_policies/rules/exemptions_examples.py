"""Examples of the rules of `exemptions`."""

from tms_policies.examples.model import Declared, Example, case

_QUEUE = Declared("sqs/queue:Queue", {"name": "trades"}, name="trades")
_ENTRY = """- rule: sqs-queue-encryption
  resource: "urn:pulumi:*::trades"
  reason: the old consumer cannot decrypt before its release in March
  owner: trade-platform team
  expires: 2099-03-31
"""
_WITHOUT_OWNER = _ENTRY.replace("  owner: trade-platform team\n", "")
EXAMPLES = (
    Example(
        "account-exemption-valid",
        good=case(_QUEUE, exemptions=_ENTRY),
        bad=case(
            _QUEUE,
            exemptions=_ENTRY.replace("2099", "2025"),
            says="expires is 2025-03-31, which is over, so sqs-queue-encryption counts again",
        ),
        missing=case(
            _QUEUE,
            exemptions=_WITHOUT_OWNER,
            says="policy-exemptions.yaml, entry 1 (line 1): owner is missing",
        ),
        unknown="A finding is known as soon as it is reported, and the file is read before.",
    ),
)
