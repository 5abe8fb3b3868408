"""Types of Bedrock AgentCore: tools, policies, evaluations and registries."""

from toolkit.aws.types.listing import Listing, rows
from toolkit.aws.types.model import AwsType
from toolkit.aws.types.parts import actions

TYPES: tuple[AwsType, ...] = (
    AwsType(
        "aws:agentregistry/registry:Registry",
        same_as="aws:bedrock/agentcoreRegistry:AgentcoreRegistry",
    ),
    AwsType(
        "aws:bedrock/agentcoreBrowser:AgentcoreBrowser",
        listing=Listing(
            "bedrock-agentcore-control",
            "list_browsers",
            "bedrock-agentcore:ListBrowsers",
            rows("browserSummaries[?!starts_with(browserId, 'aws.')][].{id: browserId, name: name}"),
        ),
        reads=actions("bedrock-agentcore", "GetBrowser ListTagsForResource"),
    ),
    AwsType(
        "aws:bedrock/agentcoreBrowserProfile:AgentcoreBrowserProfile",
        listing=Listing(
            "bedrock-agentcore-control",
            "list_browser_profiles",
            "bedrock-agentcore:ListBrowserProfiles",
            rows("profileSummaries[].{id: profileId, name: name}"),
        ),
        reads=actions("bedrock-agentcore", "GetBrowserProfile ListTagsForResource"),
    ),
    AwsType(
        "aws:bedrock/agentcoreCodeInterpreter:AgentcoreCodeInterpreter",
        listing=Listing(
            "bedrock-agentcore-control",
            "list_code_interpreters",
            "bedrock-agentcore:ListCodeInterpreters",
            rows(
                "codeInterpreterSummaries[?!starts_with(codeInterpreterId, 'aws.')][].{id: "
                "codeInterpreterId, name: name}"
            ),
        ),
        reads=actions("bedrock-agentcore", "GetCodeInterpreter ListTagsForResource"),
    ),
    AwsType(
        "aws:bedrock/agentcoreEvaluator:AgentcoreEvaluator",
        listing=Listing(
            "bedrock-agentcore-control",
            "list_evaluators",
            "bedrock-agentcore:ListEvaluators",
            rows(
                "evaluators[?evaluatorType != 'Builtin'][].{id: evaluatorId, name: "
                "evaluatorName, evaluatorName: evaluatorName}"
            ),
            match=("evaluatorName",),
        ),
        reads=actions("bedrock-agentcore", "GetEvaluator ListTagsForResource"),
    ),
    AwsType(
        "aws:bedrock/agentcoreHarness:AgentcoreHarness",
        listing=Listing(
            "bedrock-agentcore-control",
            "list_harnesses",
            "bedrock-agentcore:ListHarnesses",
            rows("harnesses[].{id: harnessId, name: harnessName, harnessName: harnessName}"),
            match=("harnessName",),
        ),
        reads=actions("bedrock-agentcore", "GetHarness ListTagsForResource"),
    ),
    AwsType(
        "aws:bedrock/agentcoreOnlineEvaluationConfig:AgentcoreOnlineEvaluationConfig",
        listing=Listing(
            "bedrock-agentcore-control",
            "list_online_evaluation_configs",
            "bedrock-agentcore:ListOnlineEvaluationConfigs",
            rows(
                "onlineEvaluationConfigs[].{id: onlineEvaluationConfigId, name: "
                "onlineEvaluationConfigName, onlineEvaluationConfigName: "
                "onlineEvaluationConfigName}"
            ),
            match=("onlineEvaluationConfigName",),
        ),
        reads=actions("bedrock-agentcore", "GetOnlineEvaluationConfig ListTagsForResource"),
    ),
    AwsType(
        "aws:bedrock/agentcorePolicy:AgentcorePolicy",
        listing=Listing(
            "bedrock-agentcore-control",
            "list_policies",
            "bedrock-agentcore:ListPolicies",
            rows("policies[].{id: policyId, name: name}"),
            within={"policyEngineId": "policyEngineId"},
            parent="aws:bedrock/agentcorePolicyEngine:AgentcorePolicyEngine",
            id="{policyEngineId},{id}",
        ),
        reads=actions("bedrock-agentcore", "GetPolicy"),
    ),
    AwsType(
        "aws:bedrock/agentcorePolicyEngine:AgentcorePolicyEngine",
        listing=Listing(
            "bedrock-agentcore-control",
            "list_policy_engines",
            "bedrock-agentcore:ListPolicyEngines",
            rows("policyEngines[].{id: policyEngineId, name: name}"),
        ),
        reads=actions("bedrock-agentcore", "GetPolicyEngine ListTagsForResource"),
    ),
    AwsType(
        "aws:bedrock/agentcoreRegistry:AgentcoreRegistry",
        listing=Listing(
            "bedrock-agentcore-control",
            "list_registries",
            "bedrock-agentcore:ListRegistries",
            rows("registries[].{id: registryId, name: name}"),
        ),
        reads=actions("bedrock-agentcore", "GetRegistry"),
    ),
)
