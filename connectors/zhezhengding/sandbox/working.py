"""Puts the parts together with which people are told things and work: notifications, to-dos, events, the office."""

from collections.abc import Callable

from connectors.sandbox.app import Operation
from connectors.sandbox.world import World
from connectors.zhezhengding.sandbox.events.callbacks import Callbacks
from connectors.zhezhengding.sandbox.events.operations import Events
from connectors.zhezhengding.sandbox.gate import Call, Gate
from connectors.zhezhengding.sandbox.messages.operations import Messages
from connectors.zhezhengding.sandbox.notifications.media import Media
from connectors.zhezhengding.sandbox.notifications.operations import Notifications
from connectors.zhezhengding.sandbox.office.circles import Circles
from connectors.zhezhengding.sandbox.office.operations import Office
from connectors.zhezhengding.sandbox.todos.operations import Todos
from connectors.zhezhengding.settings import ZhezhengdingSettings

KEPT_AT_WORK = frozenset(
    {
        *("items", "rows", "cursor", "hasNext", "id", "writeId"),  # our own contracts
        *("msgId", "mediaId", "taskUuid", "eventCallbackId", "eventTag"),
    }
)
"""What schema drift leaves alone besides: without these a row or a list is none."""


class Working:
    """The parts, each to be looked into by tests; ``holds_token`` says whether a call's token is good."""

    def __init__(self, settings: ZhezhengdingSettings, world: World, holds_token: Callable[[Call], bool]) -> None:
        circles = Circles(world)
        self.office = Office(settings, circles)
        self.messages = Messages(settings, circles)
        self.notifications = Notifications(settings)
        self.media = Media(holds_token, self.office.file)
        self.todos = Todos(settings, world)
        self.callbacks = Callbacks()
        self.events = Events(self.callbacks)

    def operations(self, gate: Gate) -> list[Operation]:
        """What they answer."""
        parts = (self.office, self.messages, self.notifications, self.media, self.todos, self.events)
        return [operation for part in parts for operation in part.operations(gate)]
