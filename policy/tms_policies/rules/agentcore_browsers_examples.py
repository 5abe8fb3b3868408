"""Examples of the rules of `agentcore_browsers`."""

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_PLACE = {"bucket": "recordings", "prefix": "browser/"}


def _browser(**props: object) -> Declared:
    return Declared("bedrock/agentcoreBrowser:AgentcoreBrowser", {"name": "reader", **props}, name="reader")


EXAMPLES = (
    Example(
        "agentcore-browser-recording",
        good=case(_browser(recording={"enabled": True, "s3Location": _PLACE})),
        bad=case(
            _browser(recording={"enabled": False, "s3Location": _PLACE}), says="recording of reader is off"
        ),
        missing=case(_browser(), says="recording of reader is off or has no place"),
        unknown=case(_browser(recording={"enabled": UNKNOWN, "s3Location": _PLACE}), says=_NOT_PROVEN),
    ),
)
