"""What this process is, beside the others: its name, its version, how much memory it holds."""

import platform
import re
import secrets
from importlib.metadata import version
from pathlib import Path
from resource import getpagesize

from gateway.settings import Settings

_STATM = Path("/proc/self/statm")


def replica_name(settings: Settings) -> str:
    """The audit's name for this chain, or the machine's; with the port, as one machine may run several."""
    name = settings.auth.audit.chain or re.sub(r"[^A-Za-z0-9._-]", "-", platform.node())[:40] or "gateway"
    return f"{name}:{settings.port}"


def one_process(replica: str) -> str:
    """A name no other process has, not even the same one after it was started anew."""
    return f"{replica[:50]}:{secrets.token_hex(4)}"


def software_version() -> str:
    """The gateway's own."""
    return version("tongxin")


def memory_bytes() -> int | None:
    """What the process holds in memory; None where the system does not tell it this way."""
    try:
        return int(_STATM.read_text(encoding="ascii").split()[1]) * getpagesize()
    except (OSError, ValueError, IndexError):
        return None
