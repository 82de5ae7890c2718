"""Work notifications (工作通知): a card in the work app's message list, sent by the application."""

from connectors.records.record import Record


class TextMessage(Record, frozen=True):
    """Words."""

    content: str


class LinkMessage(Record, frozen=True):
    """A title and a text that open an address."""

    title: str
    text: str
    url: str
    picture_url: str | None = None


class MarkdownMessage(Record, frozen=True):
    """Formatted words."""

    title: str
    text: str


class FormLine(Record, frozen=True):
    """One line of a form: what it is and its value."""

    name: str
    value: str


class OfficeMessage(Record, frozen=True):
    """A form as office systems send it: a coloured head, lines, a text. ``head_color`` is AARRGGBB."""

    title: str
    url: str
    desktop_url: str | None = None
    head: str = ""
    head_color: str = "FFBBBBBB"
    form: tuple[FormLine, ...] = ()
    content: str | None = None
    author: str | None = None


class ActionButton(Record, frozen=True):
    """A button that opens an address."""

    title: str
    url: str


class ActionCardMessage(Record, frozen=True):
    """Formatted words with buttons below, one under the other or ``side_by_side``."""

    title: str
    markdown: str
    buttons: tuple[ActionButton, ...]
    side_by_side: bool = False


WorkMessage = TextMessage | LinkMessage | MarkdownMessage | OfficeMessage | ActionCardMessage


class WorkNotification(Record, frozen=True):
    """A message and who gets it: account ids, and organisations with everyone below them.

    ``key`` is ours: the platform takes each only once.
    """

    key: str
    message: WorkMessage
    receivers: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
