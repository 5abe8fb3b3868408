"""Kinds of Bedrock AgentCore that boto3 lists and the provider, pulumi-aws 7.51.1, has no type for.

Stores of insights are left out: no action of the service authorization reference lists them.
"""

from toolkit.aws.types.listing import Listing, rows
from toolkit.aws.types.model import AwsType

TYPES: tuple[AwsType, ...] = (
    AwsType(
        "aws:bedrock-agentcore/capacityProvider:CapacityProvider",
        listing=Listing(
            "bedrock-agentcore-control",
            "list_capacity_providers",
            "bedrock-agentcore:ListCapacityProviders",
            rows("capacityProviders[].{id: capacityProviderId, name: name}"),
            typeless=True,
        ),
    ),
    AwsType(
        "aws:bedrock-agentcore/configurationBundle:ConfigurationBundle",
        listing=Listing(
            "bedrock-agentcore-control",
            "list_configuration_bundles",
            "bedrock-agentcore:ListConfigurationBundles",
            rows("bundles[].{id: bundleId, name: bundleName}"),
            typeless=True,
        ),
    ),
    AwsType(
        "aws:bedrock-agentcore/consentPortal:ConsentPortal",
        listing=Listing(
            "bedrock-agentcore-control",
            "list_consent_portals",
            "bedrock-agentcore:ListConsentPortals",
            rows("consentPortals[].{id: consentPortalId, name: name}"),
            typeless=True,
        ),
    ),
    AwsType(
        "aws:bedrock-agentcore/dataset:Dataset",
        listing=Listing(
            "bedrock-agentcore-control",
            "list_datasets",
            "bedrock-agentcore:ListDatasets",
            rows("datasets[].{id: datasetId, name: datasetName}"),
            typeless=True,
        ),
    ),
    AwsType(
        "aws:bedrock-agentcore/gatewayRateLimit:GatewayRateLimit",
        listing=Listing(
            "bedrock-agentcore-control",
            "list_gateway_rate_limits",
            "bedrock-agentcore:ListGatewayRateLimits",
            rows("rateLimits[].{id: rateLimitId, name: rateLimitId}"),
            within={"gatewayIdentifier": "gatewayIdentifier"},
            parent="aws:bedrock/agentcoreGateway:AgentcoreGateway",
            typeless=True,
            id="{gatewayIdentifier},{id}",
        ),
    ),
    AwsType(
        "aws:bedrock-agentcore/harnessEndpoint:HarnessEndpoint",
        listing=Listing(
            "bedrock-agentcore-control",
            "list_harness_endpoints",
            "bedrock-agentcore:ListHarnessEndpoints",
            rows("endpoints[].{id: endpointName, name: endpointName, aws: endpointName == 'DEFAULT'}"),
            within={"harnessId": "harnessId"},
            parent="aws:bedrock/agentcoreHarness:AgentcoreHarness",
            typeless=True,
            id="{harnessId},{id}",
        ),
    ),
    AwsType(
        "aws:bedrock-agentcore/paymentConnector:PaymentConnector",
        listing=Listing(
            "bedrock-agentcore-control",
            "list_payment_connectors",
            "bedrock-agentcore:ListPaymentConnectors",
            rows("paymentConnectors[].{id: paymentConnectorId, name: name}"),
            within={"paymentManagerId": "paymentManagerId"},
            parent="aws:bedrock-agentcore/paymentManager:PaymentManager",
            typeless=True,
            id="{paymentManagerId},{id}",
        ),
    ),
    AwsType(
        "aws:bedrock-agentcore/paymentCredentialProvider:PaymentCredentialProvider",
        listing=Listing(
            "bedrock-agentcore-control",
            "list_payment_credential_providers",
            "bedrock-agentcore:ListPaymentCredentialProviders",
            rows("credentialProviders[].{id: name, name: name}"),
            typeless=True,
        ),
    ),
    AwsType(
        "aws:bedrock-agentcore/paymentManager:PaymentManager",
        listing=Listing(
            "bedrock-agentcore-control",
            "list_payment_managers",
            "bedrock-agentcore:ListPaymentManagers",
            rows("paymentManagers[].{id: paymentManagerId, name: name}"),
            typeless=True,
        ),
    ),
)
