"""What every connection of this process needs at hand."""

from collections import Counter
from dataclasses import dataclass, field

from gateway.live.settings import LiveSettings
from gateway.live.transports.guest import Door
from gateway.live.transports.operations import Operations
from gateway.live.transports.pacer import Pacer


@dataclass
class Service:
    """One per process. ``closed`` counts WebSockets by the code they were closed with by us."""

    door: Door
    operations: Operations
    settings: LiveSettings
    pacer: Pacer
    closed: Counter[int] = field(default_factory=Counter)
