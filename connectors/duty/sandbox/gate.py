"""What a call must prove before anything is answered: a token of the right scope, or IRS' signature."""

import time
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from connectors.duty.sandbox.tokens import Tokens
from connectors.duty.settings import DutySettings
from connectors.irs_signing import IrsKeys
from connectors.sandbox.app import Operation
from connectors.sandbox.irs_gate import IrsGate

_ANY = ("GET", "POST", "PUT", "PATCH", "DELETE")


class Gate:
    """As the settings say: ``auth`` oauth or irs; only that way opens. ``clock`` is seconds since 1970."""

    def __init__(self, settings: DutySettings, clock: Callable[[], float] = time.time) -> None:
        irs = settings.irs
        self._by_irs = settings.auth == "irs"
        self._below = f"{irs.path}/{irs.component}" if self._by_irs else ""
        self._irs_path = irs.path
        self._tokens = Tokens(settings, clock)
        keys = IrsKeys(irs.access_key, irs.secret_key.get_secret_value(), irs.algorithm)
        self._irs = IrsGate(keys, [irs.component], skew=irs.max_skew_s, clock=clock)

    def path(self, path: str) -> str:
        """Where an operation answers."""
        return f"{self._below}/api/v1{path}"

    def refused(self, request: Request, scope: str) -> Response | None:
        """The refusal of a call, None where it may go on; raises ``ProblemError`` likewise.

        Through IRS there are no scopes: who may call the component may call all of it.
        """
        if self._by_irs:
            return self._irs.refused(request)
        self._tokens.check(request, scope)
        return None

    def operations(self) -> list[Operation]:
        """The way's own: where tokens are given out, or what IRS says of other components."""
        if not self._by_irs:
            return [Operation("token", ("POST",), "/oauth/token", self._tokens.endpoint)]
        elsewhere = self._irs.guarded(self._irs.elsewhere)
        return [Operation("elsewhere", _ANY, self._irs_path + "/{rest:path}", elsewhere)]
