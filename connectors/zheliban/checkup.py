"""How this platform is looked at from end to end (``tongxin doctor``): one step after the other, nothing changed."""

from collections.abc import Awaitable, Callable

import httpx

from connectors.checkup import Check, Checkup, Step, clock_check
from connectors.deadline import Deadline
from connectors.errors import NotAllowedError, NotConfiguredError, UnexpectedAnswerError
from connectors.transport import Transport
from connectors.zheliban.client import IrsCall, IrsClient
from connectors.zheliban.datasharing.secrets import SharingSecrets
from connectors.zheliban.envelope import refuse
from connectors.zheliban.settings import ZhelibanSettings
from connectors.zheliban.signin import is_registered, offered_forms

_OPERATION = "checkup"


def checkup_of(
    settings: ZhelibanSettings,
    transport: Transport,
    client: IrsClient,
    secrets: SharingSecrets,
    probe: Callable[[Deadline], Awaitable[None]],
) -> Checkup:
    """The steps, in order; ``probe`` is the harmless read."""
    looks = _Looks(settings, transport, client)

    async def token(deadline: Deadline) -> str:
        if not settings.datashare.app_key:
            return "none needed: no data-sharing application is set (zlb.datashare)"
        await secrets.current(deadline)
        return "the data-sharing gateway gives secrets out"

    async def read(deadline: Deadline) -> str:
        await probe(deadline)
        return "a look at a studio that does not exist"

    return (
        Check(Step.CONFIGURED, looks.configured),
        Check(Step.REACH, looks.reach),
        clock_check(transport.clock),
        Check(Step.SIGNATURE, looks.signature),
        Check(Step.TOKEN, token),
        Check(Step.RANGE, looks.range),
        Check(Step.READ, read),
    )


class _Looks:
    """The steps that go by IRS itself."""

    def __init__(self, settings: ZhelibanSettings, transport: Transport, client: IrsClient) -> None:
        self._settings = settings
        self._transport = transport
        self._client = client

    async def configured(self, _: Deadline) -> str:
        """Whether there are keys, and which forms of sign-in they allow."""
        if not self._settings.configured:
            raise NotConfiguredError(self._client.platform, _OPERATION, "set zlb.access_key and zlb.secret_key")
        forms = offered_forms(self._settings)
        lacking = [form.value for form in forms if not is_registered(self._settings, form)]
        signs_in = f"sign-in by {', '.join(form.value for form in forms)}"
        return f"{signs_in}; credentials lack for {', '.join(lacking)}" if lacking else signs_in

    async def reach(self, deadline: Deadline) -> str:
        """Whether anything answers at all; an unsigned call is enough to be refused by."""
        request = httpx.Request("GET", f"{self._settings.irs_url}{self._settings.irs.path}/")
        with self._transport.guard.call(_OPERATION):
            try:
                answer = await self._transport.send(_OPERATION, request, deadline)
            except UnexpectedAnswerError as error:  # an ill platform is there
                return error.detail
        return f"HTTP {answer.status}"

    async def signature(self, deadline: Deadline) -> str:
        """Whether IRS takes our signature; being forbidden a component comes after that."""
        await self._allowed(self._settings.irs.components.studio, deadline)
        return "taken"

    async def range(self, deadline: Deadline) -> str:
        """Which components the application may call."""
        components = self._settings.irs.components.model_dump()
        forbidden = [name for name, code in components.items() if not await self._allowed(code, deadline)]
        if forbidden:
            names = ", ".join(f"zlb.irs.components.{name}" for name in forbidden)
            return f"forbidden (ask for them, or correct their codes if they are used): {names}"
        return f"all {len(components)} components"

    async def _allowed(self, component: str, deadline: Deadline) -> bool:
        """Whether a component lets us through: any answer of what stands behind IRS shows that."""
        try:
            await self._client.exchange(_OPERATION, lambda _: IrsCall("GET", component, ""), refuse, deadline)
        except NotAllowedError:
            return False
        except UnexpectedAnswerError as error:
            if error.detail.startswith("HTTP 5"):
                raise
        return True
