"""How the suite asks each port, a file a subject. Every file here is taken in, unasked.

``KEYED``: a read by key (``load_…``) to what it is asked for: keys, further arguments. ``LISTED``: a read by owner or
query (``list_…``), likewise. ``ANSWERED``: a ``load_…`` whose keys only the platform knows, to how they are found:
a function of the connection's ``method`` finder, the world and the ask. ``NAMED_BY``: the attribute of a record that
is its key in that read, where it is not ``key``. ``WRITES``: a method that changes something, and ``CALLS``: one about one
thing that changes nothing, to what makes it ready: an async function of a ``Scene``, which answers a ``Deed``.
``SETTINGS``: by platform, what has to be set for its calls to be made at all.
"""

import importlib
import pkgutil
from collections.abc import Awaitable, Callable
from typing import Any

from tests.conformance.samples.deeds import Deed, Scene

Make = Callable[[Scene], Awaitable[Deed]]

KEYED: dict[str, Any] = {}
LISTED: dict[str, Any] = {}
ANSWERED: dict[str, Any] = {}
NAMED_BY: dict[str, str] = {}
WRITES: dict[str, Make] = {}
CALLS: dict[str, Make] = {}
SETTINGS: dict[str, dict[str, Any]] = {}
for _module in pkgutil.iter_modules(__path__):
    _found = importlib.import_module(f"{__name__}.{_module.name}")
    KEYED |= getattr(_found, "KEYED", {})
    LISTED |= getattr(_found, "LISTED", {})
    ANSWERED |= getattr(_found, "ANSWERED", {})
    NAMED_BY |= getattr(_found, "NAMED_BY", {})
    WRITES |= getattr(_found, "WRITES", {})
    CALLS |= getattr(_found, "CALLS", {})
    SETTINGS |= getattr(_found, "SETTINGS", {})
