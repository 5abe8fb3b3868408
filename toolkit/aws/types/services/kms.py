"""Types of KMS."""

from toolkit.aws.types.import_ids import NAME, joined
from toolkit.aws.types.listing import Listing, rows
from toolkit.aws.types.model import AwsType
from toolkit.aws.types.parts import Cost, Delivery, Loss, ProviderFacts, SubResource, Unread, actions

TYPES: tuple[AwsType, ...] = (
    AwsType(
        "aws:kms/alias:Alias",
        import_id=NAME,
        listing=Listing(
            "kms",
            "list_aliases",
            "kms:ListAliases",
            rows(
                "Aliases[].{id: AliasName, name: AliasName, key: TargetKeyId, aws: "
                "starts_with(AliasName, 'alias/aws/')}"
            ),
        ),
        loss=Loss("access", "callers that use the alias would fail in between"),
        reads=actions("kms", "ListAliases"),
        delivery=Delivery(
            "aliases",
            "kms/alias.go",
            create=actions("kms", "CreateAlias"),
            update=actions("kms", "UpdateAlias"),
            documented=actions("kms", "UpdateAlias"),
            kept="the name of a key goes with the key",
        ),
    ),
    # Without a limit AWS lists a hundred to a page
    AwsType(
        "aws:kms/key:Key",
        listing=Listing(
            "kms",
            "list_keys",
            "kms:ListKeys",
            rows("Keys[].{id: KeyId, name: KeyId}"),
            arguments={"Limit": 1000},
        ),
        holds_data=True,
        protect="without it what it encrypted cannot be read",
        loss=Loss("data", "what it encrypted could no longer be read"),
        sub_resources=(SubResource("policy", "aws:kms/keyPolicy:KeyPolicy", "keyId"),),
        provider=ProviderFacts(
            (
                "kms/key.go",
                "kms/key_test.go (ImportStateVerifyIgnore)",
            ),
            defaults={
                "customerMasterKeySpec": "SYMMETRIC_DEFAULT",
                "enableKeyRotation": False,
                "isEnabled": True,
                "keyUsage": "ENCRYPT_DECRYPT",
            },
            unread={
                "deletionWindowInDays": Unread(sent=False),
                "bypassPolicyLockoutSafetyCheck": Unread(sent=False),
            },
        ),
        reads=actions("kms", "DescribeKey GetKeyPolicy GetKeyRotationStatus ListResourceTags"),
        delivery=Delivery(
            "keys",
            "kms/key.go",
            create=actions("kms", "CreateKey EnableKeyRotation TagResource"),
            update=actions(
                "kms", "EnableKeyRotation PutKeyPolicy TagResource UntagResource UpdateKeyDescription"
            ),
            documented=actions("kms", "PutKeyPolicy UpdateKeyDescription"),
            kept="without the key nothing that it encrypted can be read",
        ),
        cost=Cost("per key and month, and by requests"),
    ),
    AwsType(
        "aws:kms/keyPolicy:KeyPolicy",
        import_id=joined("keyId"),
        reads=actions("kms", "GetKeyPolicy"),
    ),
)
