"""Patches of moto's KMS."""

import functools
import json
from typing import TYPE_CHECKING, Any, cast

from moto.kms.models import KmsBackend
from moto.kms.responses import KmsResponse

if TYPE_CHECKING:
    from collections.abc import Callable

_ROTATION_DAYS = 365


def remember_rotation_period() -> None:
    """A key gives back how often it is rotated.

    AWS: EnableKeyRotation takes RotationPeriodInDays, 365 by default, and GetKeyRotationStatus returns it
    (docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html).
    moto: it is accepted and forgotten.
    """
    enable: Callable[..., str] = KmsResponse.enable_key_rotation
    status: Callable[..., str] = KmsResponse.get_key_rotation_status

    def asked(self: KmsResponse, name: str, default: object = None) -> Any:  # noqa: ANN401 - a request's parameter
        return cast("Any", self)._get_param(name, default)  # noqa: SLF001 - moto has no other way

    def key(self: KmsResponse) -> Any:  # noqa: ANN401 - moto's key
        return self.kms_backend.keys[self.kms_backend.get_key_id(asked(self, "KeyId"))]

    @functools.wraps(enable)
    def remember(self: KmsResponse) -> str:
        answer = enable(self)
        key(self).rotation_period = asked(self, "RotationPeriodInDays", _ROTATION_DAYS)
        return answer

    @functools.wraps(status)
    def report(self: KmsResponse) -> str:
        answer = json.loads(status(self))
        period = {"RotationPeriodInDays": getattr(key(self), "rotation_period", _ROTATION_DAYS)}
        return json.dumps({**answer, **period} if answer["KeyRotationEnabled"] else answer)

    KmsResponse.enable_key_rotation = remember
    KmsResponse.get_key_rotation_status = report


def encrypt_unless_said() -> None:
    """A key that nobody says the use of encrypts and decrypts.

    AWS: CreateKey's KeyUsage is ENCRYPT_DECRYPT by default
    (docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html).
    moto: it stays empty.
    """
    create: Callable[..., Any] = KmsBackend.create_key

    @functools.wraps(create)
    def with_use(self: Any, policy: str | None, key_usage: str | None, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - moto's own
        return create(self, policy, key_usage or "ENCRYPT_DECRYPT", *args, **kwargs)

    KmsBackend.create_key = with_use
