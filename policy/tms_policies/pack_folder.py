"""A folder for `--policy-pack` that runs the installed pack.

`python -m tms_policies.pack_folder DIR` writes it.
"""

import argparse
import sys
from importlib import metadata
from pathlib import Path

import yaml

_ENTRY = """\
from tms_policies.serving import main

main()
"""


def write(folder: Path) -> None:
    """Write the two files that the engine starts a pack by; the pack runs on this interpreter's packages.

    Args:
        folder: A folder, made if it is not there.
    """
    distribution = metadata.metadata("tms-policies")
    project = {
        "name": "trade-matching-policies",
        "description": distribution["Summary"],
        "version": distribution["Version"],
        "runtime": {"name": "python", "options": {"virtualenv": sys.prefix}},
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "PulumiPolicy.yaml").write_text(yaml.safe_dump(project, sort_keys=False), encoding="utf-8")
    (folder / "__main__.py").write_text(_ENTRY, encoding="utf-8")


def main() -> None:
    """Read the command line and write the folder."""
    parser = argparse.ArgumentParser(description="Write a folder for --policy-pack.")
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder, made if it is not there")
    write(parser.parse_args().folder)


if __name__ == "__main__":
    main()
