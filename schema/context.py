"""What is at hand while one request is answered."""

from dataclasses import dataclass

from connectors.viewer import Ask
from schema.loaders import Loaders


@dataclass(frozen=True, slots=True)
class Context:
    """One per request. ``public_url`` is where callers reach the gateway, without a slash at the end."""

    ask: Ask
    loaders: Loaders
    public_url: str
