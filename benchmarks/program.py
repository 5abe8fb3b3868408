"""Build the whole program under mocks in this process: its time without engine and provider.

Run as `python -m benchmarks.program`: the time is that of the process, imports included.
"""

import json
import runpy

import pulumi
import yaml

from benchmarks.measure import ROOT


class Echo(pulumi.runtime.Mocks):
    """A provider that returns every input as it is."""

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str | None, dict[str, object]]:
        """Return the inputs, under an id made of the resource's name."""
        return f"{args.name}-id", dict(args.inputs)

    def call(
        self, args: pulumi.runtime.MockCallArgs
    ) -> tuple[dict[str, object], list[tuple[str, str]] | None]:
        """Return nothing; the program calls no function of the provider."""
        del args
        return {}, None


def build() -> None:
    """Run `__main__.py` with the settings of the local stack."""
    config = yaml.safe_load((ROOT / "Pulumi.local.yaml").read_text())["config"]
    pulumi.runtime.set_mocks(Echo(), project="trade-matching-system", stack="local", preview=True)
    texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in config.items()}
    pulumi.runtime.set_all_config(texts)
    runpy.run_path(str(ROOT / "__main__.py"), run_name="__main__")


if __name__ == "__main__":
    build()
