"""What the settings of an S3 bucket have in common: one call to put, one to get, one to drop."""

from collections.abc import Callable, Mapping
from typing import Any

from embedded.aws.plugin.clients import Aws
from embedded.aws.plugin.model import Model, Same
from embedded.aws.plugin.types.s3 import GONE
from embedded.aws.plugin.values import Bag

S3Client = Any
"""A botocore S3 client, which botocore makes at run time."""


def setting(  # noqa: PLR0913 - one description from all its parts
    page: str,
    put_setting: Callable[[S3Client, str, Bag], object],
    get: Callable[[S3Client, str], Bag | None],
    drop: Callable[[S3Client, str], object],
    *,
    missing: str = "",
    computed: frozenset[str] = frozenset(),
    texts: Mapping[str, Same] | None = None,
    sets: Mapping[str, str] | None = None,
    refused: frozenset[str] = frozenset(),
    unread: frozenset[str] = frozenset(),
    owner: bool = True,
    defaults: Mapping[str, object] | None = None,
) -> Model:
    """Return the description of a bucket's setting; its id is the bucket, and the expected owner if given.

    Args:
        page: The documentation page.
        put_setting: Writes the setting.
        get: Reads it; None when it was never made.
        drop: Removes it.
        missing: The error code that says that it was never made.
        computed: Paths that AWS fills in.
        texts: Texts that can be written in several ways.
        sets: Lists whose order means nothing.
        refused: Inputs that are not modelled.
        unread: Inputs that AWS does not give back.
        owner: Whether the type takes the expected owner of the bucket.
        defaults: The schema's default values.
    """
    owned = frozenset({"expectedBucketOwner"}) if owner else frozenset[str]()

    def create(aws: Aws, new: Bag) -> str:
        expected = new.get("expectedBucketOwner")
        put_setting(aws.client("s3"), new["bucket"], new)
        return f"{new['bucket']},{expected}" if expected else str(new["bucket"])

    def read(aws: Aws, setting_id: str) -> Bag | None:
        bucket, _, expected = setting_id.partition(",")
        live = get(aws.client("s3"), bucket)
        return None if live is None else {"bucket": bucket, "expectedBucketOwner": expected or None, **live}

    return Model(
        page=page,
        create=create,
        read=read,
        update=lambda aws, key, _old, new: put_setting(aws.client("s3"), key.partition(",")[0], new),
        delete=lambda aws, key, _state: drop(aws.client("s3"), key.partition(",")[0]),
        replaces=frozenset({"bucket", "region"}) | owned,
        defaults=defaults or {},
        computed=computed | owned | {"region"},
        texts=texts or {},
        sets=sets or {},
        refused=refused,
        unread=unread,
        missing=GONE | ({missing} if missing else set()),
        name=None,
    )
