"""What is at hand while one request is answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from connectors.viewer import Ask

if TYPE_CHECKING:
    from schema.loaders import Loaders

Sources = Mapping[Callable[..., Any], Callable[..., Any]]
"""A port's method to the bound method of the platform that offers it."""


@dataclass(frozen=True, slots=True)
class Context:
    """One per request. ``public_url`` is where callers reach the gateway, without a slash at the end."""

    ask: Ask
    loaders: "Loaders"
    public_url: str
