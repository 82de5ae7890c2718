"""Authorization requests on their way through pages of ours: sealed into the address, so that nothing is kept."""

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from auth.authorization.parameters import Parameters
from auth.vault import SealBrokenError, Vault

LASTS_SECONDS = 600
_PLACE = "authorization request"
_MOST = 8000


@dataclass(frozen=True, slots=True)
class Continued:
    """A request that was begun before: as it came, when, and the digest of the pushed request it came by."""

    parameters: Parameters
    begun_at: datetime
    pushed: str | None


def sealed_from(continued: Continued, vault: Vault) -> str:
    """Seal a request; the text is good for ten minutes from when the request began."""
    text = packed(continued.parameters) | {"at": continued.begun_at.timestamp(), "pushed": continued.pushed}
    return vault.seal(json.dumps(text, separators=(",", ":")), _PLACE)


def continued_from(sealed: str, vault: Vault) -> Continued | None:
    """Open what ``sealed_from`` made; None for anything else, or when its time is over."""
    if len(sealed) > _MOST or not sealed.isascii():
        return None
    try:
        text = json.loads(vault.unseal(sealed, _PLACE))
    except SealBrokenError:
        return None
    if text["at"] + LASTS_SECONDS <= time.time():
        return None
    return Continued(unpacked(text), datetime.fromtimestamp(text["at"], UTC), text["pushed"])


def packed(parameters: Parameters) -> dict[str, Any]:
    """Parameters as JSON; of those that were sent more than once only the names."""
    return {
        "values": dict(parameters.values),
        "resources": list(parameters.resources),
        "repeated": sorted(parameters.repeated),
    }


def unpacked(text: dict[str, Any]) -> Parameters:
    """Read what ``packed`` made."""
    return Parameters(text["values"], tuple(text["resources"]), frozenset(text["repeated"]))
