"""``/device``: somebody types in what a device shows, and lets it in or not (RFC 8628 section 3.3)."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from auth.audit.acts import Act
from auth.authority import Authority
from auth.devices import WaitingDevice
from auth.factor.lockouts import LockedError
from auth.factor.policy import lacks_factor
from auth.pages.login import login_first
from auth.pages.login_factor import factor_first
from auth.pages.page import Pages, see_other
from auth.pages.scope_words import in_order, scope_words
from auth.roles import allows
from auth.sessions import Session
from connectors.viewer import Scope

UNKNOWN, LOCKED = "UNKNOWN", "LOCKED"
_STATUS = {UNKNOWN: 422, LOCKED: 429}
_LONGEST = 64


class DevicePage:
    """Two steps: the code, then the question. Guessing codes is counted against the person who guesses."""

    def __init__(self, authority: Authority, pages: Pages) -> None:
        self._authority = authority
        self._devices = authority.devices
        self._lockouts = authority.lockouts
        self._pages = pages

    async def shown(self, request: Request) -> Response:
        """Ask for the code; or, with the code in the address, whether to let the device in."""
        typed = request.query_params.get("user_code", "")
        session = await self._pages.session(request)
        if session is None:
            return see_other(login_first(_here(typed)))
        if not typed or _led_here(request):
            return self._pages.show(request, "device", wrong=None, typed=typed[:_LONGEST])
        return await self._asked(request, session, typed)

    async def sent(self, request: Request) -> Response:
        """Take the code, or the answer to the question."""
        form = await self._pages.posted(request)
        typed, answer = form.get("user_code") or "", form.get("answer")
        session = await self._pages.session(request)
        if session is None:
            return see_other(login_first(_here(typed)))
        if answer is None:
            return see_other(_here(typed))  # so that the page can be loaded again
        return await self._answered(request, session, typed, frozenset(form.all("scope")) if answer == "yes" else None)

    async def _answered(
        self, request: Request, session: Session, typed: str, chosen: frozenset[str] | None
    ) -> Response:
        device = await self._found(session, typed)
        if isinstance(device, str):
            return self._again(request, device)
        agreed = frozenset(scope for scope in await self._offered(session, device) if scope.value in (chosen or ()))
        if lacks_factor(agreed, session.proof):
            return see_other(factor_first(_here(typed)))
        if not await self._devices.decide(typed, session, agreed or None):
            return self._again(request, UNKNOWN)
        if agreed:
            await self._authority.consents.give(session.person_id, device.client_id, agreed)
        act = Act.DEVICE_ALLOWED if agreed else Act.DEVICE_DENIED
        self._authority.audit.note(act, who=session.person_id, client_id=device.client_id)
        return self._pages.show(request, "device_done", allowed=bool(agreed), place="/account")

    async def _asked(self, request: Request, session: Session, typed: str) -> Response:
        device = await self._found(session, typed)
        if isinstance(device, str):
            return self._again(request, device)
        client = await self._authority.clients.find(device.client_id)
        if client is None or client.disabled_at is not None:
            return self._again(request, UNKNOWN)
        view = self._pages.view(request)
        offered = in_order(await self._offered(session, device))
        return self._pages.show(
            request,
            "device_question",
            client=client,
            typed=typed,
            scopes=[(scope.value, *scope_words(scope, view), scope is Scope.OPENID) for scope in offered],
        )

    async def _found(self, session: Session, typed: str) -> WaitingDevice | str:
        """The device that waits, or what is wrong; a code nobody waits for is a guess, and guesses are counted."""
        subject = f"device {session.person_id}"
        try:
            await self._lockouts.check(subject)
        except LockedError:
            return LOCKED
        device = await self._devices.waiting(typed)
        if device is not None:
            return device
        if await self._lockouts.failed(subject) is not None:
            self._authority.audit.note(Act.LOCKED_OUT, who=session.person_id)
        return UNKNOWN

    async def _offered(self, session: Session, device: WaitingDevice) -> frozenset[Scope]:
        """What the device asks for and the person can give."""
        viewer = await self._authority.viewers.of_person(session.person_id)
        roles = frozenset() if viewer is None else viewer.roles
        return frozenset(scope for scope in device.scopes if allows(roles, scope))

    def _again(self, request: Request, wrong: str) -> Response:
        return self._pages.show(request, "device", _STATUS[wrong], wrong=wrong, typed="", place="/device")


def _here(typed: str) -> str:
    return f"/device?{urlencode({'user_code': typed[:_LONGEST]})}" if typed else "/device"


def _led_here(request: Request) -> bool:
    """Whether another site sent the browser here (Fetch Metadata): the code is not tried before its owner sends it.

    Else a page elsewhere could have somebody guess until they are locked.
    """
    return request.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}
