"""A language host for Python, on the SDK's own program runner.

The engine asks a language host to run a program and to start policy packs. The published host is part
of the CLI's download and not of its Go modules, so an engine that was built from those needs this one.
Protocol: `LanguageRuntime` of pulumi's `proto/pulumi/language.proto`; the port goes to standard output.
"""

import os
import queue
import runpy
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Iterator
from concurrent import futures
from importlib import metadata
from pathlib import Path
from typing import IO

import grpc
import pulumi
from google.protobuf import empty_pb2
from pulumi.automation._server import LanguageServer  # pyright: ignore[reportPrivateUsage] the SDK's only program runner
from pulumi.runtime._grpc_settings import _GRPC_CHANNEL_OPTIONS  # pyright: ignore[reportPrivateUsage] message sizes the engine expects
from pulumi.runtime.proto import language_pb2, language_pb2_grpc, plugin_pb2

WATCH_SECONDS = 1.0


def forget_modules_under(folder: Path) -> None:
    """Drop imported modules of a program, so that the next run of it starts fresh.

    One host serves the preview and the update of one `pulumi up`.
    """
    prefix = str(folder) + os.sep
    for name, module in list(sys.modules.items()):
        source = getattr(module, "__file__", None)
        if name != "__main__" and source and source.startswith(prefix) and "site-packages" not in source:
            del sys.modules[name]


def run_program(folder: Path, entry_point: str) -> None:
    """Run a program as `python __main__.py` would.

    Raises:
        pulumi.RunError: The program ended with an error; the text is what the user reads. A `RunError`
            of the program itself passes as it is, anything else carries its traceback.
    """
    entry = folder / entry_point
    script = entry / "__main__.py" if entry.is_dir() else entry
    if not script.exists():
        raise pulumi.RunError(f"{script} does not exist; a Python program starts in __main__.py")
    forget_modules_under(folder)
    os.chdir(folder)
    sys.path.insert(0, str(script.parent))
    sys.argv = [str(script)]
    try:
        runpy.run_path(str(script), run_name="__main__")
    except pulumi.RunError:
        raise
    except SystemExit as end:
        if end.code:
            raise pulumi.RunError(f"the program ended with sys.exit({end.code!r})") from end
    except Exception as error:
        frames = error.__traceback__
        while frames and frames.tb_frame.f_code.co_filename != str(script):
            frames = frames.tb_next
        report = "".join(traceback.format_exception(type(error), error, frames or error.__traceback__))
        raise pulumi.RunError(f"Program failed with an unhandled exception:\n{report}") from error
    finally:
        sys.path.remove(str(script.parent))


def forward(
    stream: IO[bytes], field: str, sink: "queue.Queue[language_pb2.RunPluginResponse | None]"
) -> None:
    """Pass a child's output on in pieces as they come; None marks the end."""
    while piece := os.read(stream.fileno(), 65536):
        sink.put(
            language_pb2.RunPluginResponse(stdout=piece)
            if field == "stdout"
            else language_pb2.RunPluginResponse(stderr=piece)
        )
    sink.put(None)


class Host(LanguageServer):
    """Runs programs in this process, and plugins (policy packs among them) as child processes."""

    def __init__(self) -> None:
        """Start without a program: each request names its own."""
        super().__init__(lambda: None)
        self.children: list[subprocess.Popen[bytes]] = []

    def Handshake(
        self, request: language_pb2.LanguageHandshakeRequest, context: grpc.ServicerContext
    ) -> language_pb2.LanguageHandshakeResponse:
        """Answer the engine's greeting; nothing of it is needed."""
        return language_pb2.LanguageHandshakeResponse()

    def GetPluginInfo(self, request: empty_pb2.Empty, context: grpc.ServicerContext) -> plugin_pb2.PluginInfo:
        """Return the version of the SDK that this host belongs to."""
        return plugin_pb2.PluginInfo(version=metadata.version("pulumi"))

    def Cancel(self, request: empty_pb2.Empty, context: grpc.ServicerContext) -> empty_pb2.Empty:
        """Accept a cancellation: the engine closes the monitor, which ends the program."""
        return empty_pb2.Empty()

    def Run(
        self, request: language_pb2.RunRequest, context: grpc.ServicerContext
    ) -> language_pb2.RunResponse:
        """Run a program; an error was logged already, so the engine is told to add nothing."""
        self.program = lambda: run_program(
            Path(request.info.program_directory), request.info.entry_point or "."
        )
        result = super().Run(request, context)  # pyright: ignore[reportArgumentType] the SDK's stub narrows grpc's type
        return language_pb2.RunResponse(bail=True) if result.error else result

    def RunPlugin(
        self, request: language_pb2.RunPluginRequest, context: grpc.ServicerContext
    ) -> Iterator[language_pb2.RunPluginResponse]:
        """Run a Python plugin and stream its output; a policy pack goes through `pulumi.policy`."""
        folder = request.info.program_directory
        if request.kind == "analyzer":
            command = [sys.executable, "-u", "-m", "pulumi.policy", *request.args, folder]
        else:
            command = [sys.executable, "-u", folder, *request.args]
        child = subprocess.Popen(
            command,
            cwd=request.pwd or folder,
            env=dict(pair.split("=", 1) for pair in request.env if "=" in pair) or None,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.children.append(child)
        context.add_callback(child.terminate)
        pieces: queue.Queue[language_pb2.RunPluginResponse | None] = queue.Queue()
        for stream, field in ((child.stdout, "stdout"), (child.stderr, "stderr")):
            threading.Thread(target=forward, args=(stream, field, pieces), daemon=True).start()
        open_streams = 2
        while open_streams:
            piece = pieces.get()
            if piece is None:
                open_streams -= 1
            else:
                yield piece
        yield language_pb2.RunPluginResponse(exitcode=child.wait())


def main() -> None:
    """Serve until the engine ends this process, or is gone itself."""
    host = Host()

    def end_quietly(*_: object) -> None:
        """End at once: the engine's end-of-run signal must not look like a crash."""
        for child in host.children:
            child.terminate()
        os._exit(0)

    signal.signal(signal.SIGINT, end_quietly)
    signal.signal(signal.SIGTERM, end_quietly)
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=8), options=_GRPC_CHANNEL_OPTIONS)
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(host, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)
    engine = os.getppid()
    while os.getppid() == engine:
        server.wait_for_termination(timeout=WATCH_SECONDS)
    end_quietly()


if __name__ == "__main__":
    main()
