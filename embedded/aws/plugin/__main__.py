"""The process that the engine starts as the provider plugin: serves the provider over gRPC on loopback."""

import asyncio
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Awaitable
from importlib import metadata
from typing import Any, TypeVar

import grpc
import grpc.aio
from pulumi.provider.experimental.property_value import PropertyValue
from pulumi.provider.experimental.server import ProviderServicer
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc, status_pb2

from embedded.aws.plugin.errors import PartlyCreatedError, RefusedError
from embedded.aws.plugin.provider import AwsProvider
from embedded.aws.plugin.values import to_wire_map

_WATCH_SECONDS = 0.5
_GRACE_SECONDS = 4.0  # for calls under way when the engine says SIGINT; after five seconds it kills
_MESSAGE_BYTES = 400 * 1024 * 1024  # the engine's own limit
T = TypeVar("T")


class Servicer(ProviderServicer):
    """The SDK's servicer, with refusals as plain one-line errors in place of Python exceptions."""

    async def CheckConfig(self, request: Any, context: Any) -> Any:  # noqa: ANN401, N802 - generated protocol
        """Check a configuration."""
        return await _answered(super().CheckConfig(request, context), context)

    async def Configure(self, request: Any, context: Any) -> Any:  # noqa: ANN401, N802 - generated protocol
        """Configure the provider."""
        return await _answered(super().Configure(request, context), context)

    async def Invoke(self, request: Any, context: Any) -> Any:  # noqa: ANN401, N802 - generated protocol
        """Answer a data source."""
        return await _answered(super().Invoke(request, context), context)

    async def Check(self, request: Any, context: Any) -> Any:  # noqa: ANN401, N802 - generated protocol
        """Check a resource's inputs."""
        return await _answered(super().Check(request, context), context)

    async def Diff(self, request: Any, context: Any) -> Any:  # noqa: ANN401, N802 - generated protocol
        """Compare inputs with state."""
        return await _answered(super().Diff(request, context), context)

    async def Create(self, request: Any, context: Any) -> Any:  # noqa: ANN401, N802 - generated protocol
        """Create a resource."""
        return await _answered(super().Create(request, context), context)

    async def Read(self, request: Any, context: Any) -> Any:  # noqa: ANN401, N802 - generated protocol
        """Read a resource; the engine knows by the missing properties that it does not exist."""
        response = await _answered(super().Read(request, context), context)
        return response if response.id else provider_pb2.ReadResponse()

    async def Update(self, request: Any, context: Any) -> Any:  # noqa: ANN401, N802 - generated protocol
        """Change a resource."""
        return await _answered(super().Update(request, context), context)

    async def Delete(self, request: Any, context: Any) -> Any:  # noqa: ANN401, N802 - generated protocol
        """Remove a resource."""
        return await _answered(super().Delete(request, context), context)


async def _answered(work: Awaitable[T], context: Any) -> T:  # noqa: ANN401 - grpc's context has no public type
    """Wait for an answer; a refusal ends the call with its own text."""
    try:
        return await work
    except RefusedError as error:
        await context.abort(grpc.StatusCode.FAILED_PRECONDITION, str(error))
    except PartlyCreatedError as error:
        details = (("grpc-status-details-bin", _partly_created(error)),)
        await context.abort(grpc.StatusCode.UNKNOWN, error.reason, details)
    except Exception as error:  # noqa: BLE001 - a fault of this plugin must not look like one of the program
        frame = traceback.extract_tb(error.__traceback__)[-1]
        location = f"{os.path.basename(frame.filename)}:{frame.lineno}"  # noqa: PTH119 - a name, not a file
        await context.abort(grpc.StatusCode.INTERNAL, f"embedded AWS, fault at {location}: {error!r}")
    raise AssertionError("abort does not return")


def _partly_created(error: PartlyCreatedError) -> bytes:
    """Return the error details that make the engine record a partly created resource."""
    detail = provider_pb2.ErrorResourceInitFailed(
        id=error.resource_id,
        properties=PropertyValue.marshal_map(to_wire_map(error.state, error.secrets)),
        reasons=[error.reason],
    )
    status = status_pb2.Status(code=grpc.StatusCode.UNKNOWN.value[0], message=error.reason)
    status.details.add().Pack(detail)
    return status.SerializeToString()


def _watch_parent() -> None:
    """End this process when the engine is gone, even when it was killed."""
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(_WATCH_SECONDS)
    os._exit(0)


async def _serve(engine: str) -> None:
    """Serve until the engine ends this process; the first line on stdout is the port."""
    limits = [
        ("grpc.max_receive_message_length", _MESSAGE_BYTES),
        ("grpc.max_send_message_length", _MESSAGE_BYTES),
    ]
    server = grpc.aio.server(options=limits)
    servicer = Servicer(sys.argv[1:], metadata.version("pulumi-aws"), AwsProvider(), engine)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(servicer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    await server.start()
    print(port, flush=True)
    await ended.wait()
    await server.stop(_GRACE_SECONDS)


def main() -> None:
    """Run the plugin; the engine gives its own address as the first argument that is no flag."""
    threading.Thread(target=_watch_parent, daemon=True).start()
    engine = next((argument for argument in sys.argv[1:] if not argument.startswith("-")), "")
    asyncio.run(_serve(engine))


if __name__ == "__main__":
    main()
