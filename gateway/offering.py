"""Which source offers which port: what the platforms can do, found by what they have."""

import importlib
import pkgutil
from collections.abc import Iterable
from functools import cache
from typing import Any

from connectors import ports
from connectors.ports import SignIn, SignInPage
from schema.loaders import Sources

PORTS: tuple[Any, ...] = tuple(
    kind
    for module in pkgutil.iter_modules(ports.__path__, f"{ports.__name__}.")
    for kind in vars(importlib.import_module(module.name)).values()
    if getattr(kind, "_is_runtime_protocol", False) and kind.__module__ == module.name
)
"""Every port there is; a file of ports is taken in unasked."""
_METHODS = {port: [name for name in vars(port) if not name.startswith("_")] for port in PORTS}


def bound(offered: Iterable[Any]) -> Sources:
    """Each port's method to the method of the source that offers the port; the first that does wins."""
    sources: dict[Any, Any] = {}
    for source in offered:
        for port in _ports_of(source.__class__):
            if port not in {SignIn, SignInPage}:
                for name in _METHODS[port]:
                    sources.setdefault(getattr(port, name), getattr(source, name))
    return sources


@cache
def _ports_of(kind: type) -> tuple[Any, ...]:
    """The ports whose every method a class has.

    ``isinstance`` would tell the same, but takes every port apart each time: a tenth of a second, for all of them.
    """
    return tuple(port for port in PORTS if all(hasattr(kind, name) for name in _METHODS[port]))


def first_of(offered: Iterable[object], port: Any) -> Any:
    """The source that offers a port; None when no platform does."""
    return next((source for source in offered if isinstance(source, port)), None)
