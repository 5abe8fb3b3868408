"""A rule about browsers of agents."""

from collections.abc import Iterable

from tms_policies.model import Bag, Finding, Resource, Unknown
from tms_policies.registry import rule
from tms_policies.values import look, unproven

BROWSER = "aws:bedrock/agentcoreBrowser:AgentcoreBrowser"


@rule(
    "agentcore-browser-recording",
    severity="medium",
    types=(BROWSER,),
    reads=("recording",),
    remedy="Set recording with a place.",
    why="What an agent did on a page cannot be shown otherwise. "
    "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/browser-session-recording.html",
)
def browser_recording(browser: Resource, _settings: Bag) -> Iterable[Finding]:
    """A browser for agents records its sessions to a bucket."""
    value = browser.props.get("recording")
    block = value[0] if isinstance(value, list) and value else value
    enabled = look(block, "enabled")
    if isinstance(block, Unknown) or isinstance(enabled, Unknown):
        yield unproven(block if isinstance(block, Unknown) else enabled, f"{browser.name} must record")
    elif enabled is not True or not look(block, "s3Location"):
        yield Finding(
            f"recording of {browser.name} is off or has no place",
            'recording={"enabled": True, "s3_location": {"bucket": ..., "prefix": ...}}',
        )
