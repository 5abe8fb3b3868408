"""The levels of an organization whose policies limit a request."""

from collections.abc import Sequence

from tms_policies.documents.evaluation.request import Principal
from tms_policies.documents.evaluation.statements import Policy
from tms_policies.documents.evaluation.verdict import Policies

Level = tuple[str, Sequence[Policy]]
"""A level's name for messages, and the policies that are attached there."""


def levels(principal: Principal, policies: Policies) -> Sequence[Level]:
    """Return the levels of the organization that apply to a principal.

    Service control policies reach an account's principals, and neither kind reaches roles that are linked
    to a service:
    https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html and
    https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
    """
    if principal.is_service_linked:
        return ()
    scps = policies.scps if principal.account else ()
    return [
        *((f"level {index} of the service control policies", item) for index, item in enumerate(scps)),
        *(
            (f"level {index} of the resource control policies", item)
            for index, item in enumerate(policies.rcps)
        ),
    ]
