"""Files that another step reads: whole or not there, whatever happens while they are written; and hashes."""

import hashlib
import json
import os
from pathlib import Path


def replace(file: Path, text: str) -> None:
    """Write a file anew in one go; a link is followed.

    Raises:
        OSError: It cannot be written; what was there stays.
    """
    if file.is_symlink():  # a device, or another disk: there is nothing to put in its place
        file.write_text(text, encoding="utf-8")
        return
    new = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        new.write_text(text, encoding="utf-8")
        new.replace(file)
    finally:
        new.unlink(missing_ok=True)


def hashed(value: object) -> str:
    """Return a hash of a value of JSON, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()
