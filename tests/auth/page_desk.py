"""A small platform that signs browsers in by a page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from connectors.errors import NotAllowedError, SignInNeededError
from connectors.records.identity import Identity, TicketForm
from connectors.records.sign_in_leg import Binding, Way
from connectors.viewer import Ask
from tests.auth.platforms import TicketDesk


@dataclass
class PageDesk:
    """Its tickets are the desk's; ``taken`` are the bindings tickets came back with."""

    desk: TicketDesk
    platform: str
    companies: bool = False
    app: str = "no such app"
    taken: list[Binding] = field(default_factory=list)

    def __post_init__(self) -> None:
        zh, en = f"{self.platform} 的页面", f"{self.platform}'s page"
        self.ways = tuple(Way(self.platform, form, zh, en, self.companies) for form in self.desk.forms)

    def is_inside(self, user_agent: str) -> bool:
        """By the app's name."""
        return self.app in user_agent

    async def sign_in_page(self, form: TicketForm, binding: Binding, ask: Ask, *, user_agent: str = "") -> str:  # noqa: ARG002 - one page for all
        """An address with nothing but the state."""
        assert ask.deadline.remaining() > 0
        if self.desk.ill is not None:
            raise self.desk.ill
        return f"https://{self.platform}.example/{form.value}?state={binding.state}"

    def state_in(self, form: TicketForm, sent: Mapping[str, str]) -> str | None:  # noqa: ARG002 - the same for all
        """``state``."""
        return sent.get("state")

    async def come_back(self, form: TicketForm, sent: Mapping[str, str], binding: Binding, ask: Ask) -> Identity:
        """Take the ticket."""
        self.taken.append(binding)
        if "error" in sent:
            raise NotAllowedError(self.platform, "come_back", "declined")
        if "ticket" not in sent:
            raise SignInNeededError(self.platform, "come_back", "no ticket")
        return await self.desk.sign_in(form, sent["ticket"], ask)
