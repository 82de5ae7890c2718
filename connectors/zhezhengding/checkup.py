"""How this platform is looked at: the harmless read, and the check from end to end (``tongxin doctor``)."""

from dataclasses import dataclass

import httpx

from connectors.checkup import Check, Checkup, Step, clock_check
from connectors.deadline import Deadline
from connectors.errors import NotAllowedError, NotConfiguredError, PlatformError, UnexpectedAnswerError
from connectors.transport import Transport
from connectors.zhezhengding.client import ZhezhengdingClient
from connectors.zhezhengding.directory.calls import DirectoryCalls
from connectors.zhezhengding.settings import ZhezhengdingSettings

_NOWHERE = "GO_probe"


@dataclass(frozen=True, slots=True)
class Looking:
    """What the steps need."""

    settings: ZhezhengdingSettings
    transport: Transport
    client: ZhezhengdingClient
    calls: DirectoryCalls

    async def probe(self, deadline: Deadline) -> None:
        """Ask for an organisation that does not exist: a signed read that tells nothing and changes nothing.

        A refusal that speaks of this call only, not of the platform's health, is an answer.
        """
        try:
            await self.calls.organizations([_NOWHERE], deadline)
        except NotConfiguredError:
            raise
        except PlatformError as error:
            if error.illness:
                raise

    def checkup(self) -> Checkup:
        """The steps, in order."""
        return (
            Check(Step.CONFIGURED, self._configured),
            Check(Step.REACH, self._reach),
            clock_check(self.transport.clock),
            Check(Step.SIGNATURE, self._signature),
            Check(Step.TOKEN, self._token),
            Check(Step.RANGE, self._range),
            Check(Step.READ, self._read),
        )

    async def _configured(self, _: Deadline) -> str:
        if not self.settings.connected:
            raise NotConfiguredError(self.transport.platform, "settings", "appkey, appsecret or tenant_id is not set")
        qr = "with" if self.settings.qr.connected else "without"
        return f"key pair and tenant are set, {qr} QR login"

    async def _reach(self, deadline: Deadline) -> str:
        """Any HTTP answer will do: what is asked for without a signature is refused."""
        request = httpx.Request("GET", self.settings.base_url)
        try:
            answer = await self.transport.send("reach", request, deadline)
        except UnexpectedAnswerError as error:  # an ill platform is there
            return error.detail
        return f"HTTP {answer.status}"

    async def _signature(self, deadline: Deadline) -> str:
        await self.probe(deadline)
        return "a signed call is taken"

    async def _token(self, deadline: Deadline) -> str:
        await self.client.token(deadline)
        return "the application's token is given out"

    async def _range(self, deadline: Deadline) -> str:
        scopes = await self.calls.scopes(deadline)
        units, people = scopes.deptVisibleScopes or [], scopes.userVisibleScopes or []
        if not units and not people:
            raise NotAllowedError(self.transport.platform, "scopesV2", "the range names nobody")
        return f"organisations: {len(units)}, with all below; people named one by one: {len(people)}"

    async def _read(self, deadline: Deadline) -> str:
        """One organisation of the range; where it names none, one that does not exist."""
        units = (await self.calls.scopes(deadline)).deptVisibleScopes or [_NOWHERE]
        found = await self.calls.organizations(units[:1], deadline)
        return "an organisation of the range is read" if found.rows else "a look at no organisation"
