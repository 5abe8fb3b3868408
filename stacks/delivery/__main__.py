"""Who delivers the trade-matching system: provider, roles, state and key, and what GitHub is told of them."""

import sys
from pathlib import Path

import pulumi

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the components lie in the root

from components.delivery.component import Delivery
from components.delivery.settings import load

delivery = Delivery("delivery", load())

# names are those of the GitHub repository's variables
pulumi.export("AWS_PREVIEW_ROLE_ARN", delivery.roles["preview"])
pulumi.export("AWS_DEPLOY_ROLE_ARN", delivery.roles["deploy"])
pulumi.export("AWS_DRIFT_ROLE_ARN", delivery.roles["drift"])
pulumi.export("PULUMI_BACKEND_URL", delivery.backend)
pulumi.export("PULUMI_SECRETS_PROVIDER", delivery.secrets)
