"""OpenID Connect providers, whose tokens roles can be assumed with."""

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Model
from embedded.aws.plugin.shapes import pick, tag_list, tag_map
from embedded.aws.plugin.values import Bag

_SCHEME = "https://"


def create(aws: Aws, new: Bag) -> str:
    """Create the provider; its id is its ARN."""
    names = {"url": "Url", "clientIdLists": "ClientIDList", "thumbprintLists": "ThumbprintList"}
    settings = pick(new, names)
    tags = tag_list(new.get("tagsAll") or {})
    answer = aws.client("iam").create_open_id_connect_provider(**settings, Tags=tags)
    return str(answer["OpenIDConnectProviderArn"])


def read(aws: Aws, arn: str) -> Bag | None:
    """Return the live state of the provider; its URL has no scheme, as in the published provider."""
    live = aws.client("iam").get_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    return {
        "arn": arn,
        "url": _SCHEME + live["Url"].removeprefix(_SCHEME),
        "clientIdLists": live["ClientIDList"],
        "thumbprintLists": live.get("ThumbprintList") or [],
        "tags": tag_map(live.get("Tags") or []),
    }


def update(aws: Aws, arn: str, old: Bag, new: Bag) -> None:
    """Change audiences and thumbprints, which are calls of their own."""
    client = aws.client("iam")
    desired, current = set(new["clientIdLists"]), set(old.get("clientIdLists") or [])
    for client_id in sorted(desired - current):
        client.add_client_id_to_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID=client_id)
    for client_id in sorted(current - desired):
        client.remove_client_id_from_open_id_connect_provider(
            OpenIDConnectProviderArn=arn, ClientID=client_id
        )
    thumbprints = new.get("thumbprintLists")
    if thumbprints and thumbprints != old.get("thumbprintLists"):
        client.update_open_id_connect_provider_thumbprint(
            OpenIDConnectProviderArn=arn, ThumbprintList=thumbprints
        )


def delete(aws: Aws, arn: str, _state: Bag) -> None:
    """Delete the provider."""
    aws.client("iam").delete_open_id_connect_provider(OpenIDConnectProviderArn=arn)


def retag(aws: Aws, arn: str, _state: Bag, new_tags: dict[str, str], removed_keys: list[str]) -> None:
    """Change the provider's tags."""
    client = aws.client("iam")
    if removed_keys:
        client.untag_open_id_connect_provider(OpenIDConnectProviderArn=arn, TagKeys=removed_keys)
    if new_tags:
        client.tag_open_id_connect_provider(OpenIDConnectProviderArn=arn, Tags=tag_list(new_tags))


MODELS = {
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": Model(
        page="iam_openid_connect_provider",
        create=create,
        read=read,
        update=update,
        delete=delete,
        retag=retag,
        replaces=frozenset({"url"}),
        computed=frozenset({"thumbprintLists"}),
        sets={"clientIdLists": ""},
        missing=frozenset({"NoSuchEntity"}),
        name=None,
    ),
}
