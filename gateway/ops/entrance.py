"""Who may see ``/ops``: a browser session of a person with the role ops, who proved the second factor in it.

Acts take more: the factor proved lately, and a request that only a page of ours can have sent.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import Request

from auth.authority import Authority
from auth.factor.policy import fresh, has_factor
from auth.pages.cookies import SESSION
from auth.pages.forgery import Forgery
from auth.pages.page import Pages
from auth.pages.troubles import PageError
from auth.proof import Proof
from auth.store import StoreUnavailableError
from connectors.viewer import Role
from gateway.ops.refusal import OpsRefusedError

REMEMBERED_SECONDS = 600.0
"""For how long who was let in stays so while the store is away: an outage of ours is when they need it most."""
_MOST_REMEMBERED = 200


@dataclass(frozen=True, slots=True)
class Operator:
    """Who looks; ``name`` is the pseudonym the audit knows them by."""

    person_id: str
    name: str
    proof: Proof


class Entrance:
    """One per process."""

    def __init__(self, authority: Authority, pages: Pages, clock: Callable[[], float] = time.monotonic) -> None:
        self._authority = authority
        self._pages = pages
        self._clock = clock
        self._forgery = Forgery(authority.vault, authority.settings.issuer)
        self._remembered: OrderedDict[str, tuple[float, Operator]] = OrderedDict()

    async def operator(self, request: Request) -> Operator:
        """Who asks. Raises ``OpsRefusedError``."""
        secret = self._pages.cookies.read(request, SESSION)
        if secret is None:
            raise OpsRefusedError("OPERATOR_SIGN_IN_NEEDED")
        key = self._authority.vault.digest(secret)
        try:
            found = await self._found(request)
        except StoreUnavailableError as error:
            at, known = self._remembered.get(key, (float("-inf"), None))
            if known is None or self._clock() - at > REMEMBERED_SECONDS:
                raise OpsRefusedError("OPERATOR_STORE_AWAY") from error
            return known
        except OpsRefusedError:
            self._remembered.pop(key, None)
            raise
        self._remembered[key] = self._clock(), found
        self._remembered.move_to_end(key)
        if len(self._remembered) > _MOST_REMEMBERED:
            self._remembered.popitem(last=False)
        return found

    async def acting(self, request: Request) -> Operator:
        """Who does something. Raises ``OpsRefusedError``."""
        try:
            self._forgery.check_origin(request)
        except PageError as error:
            raise OpsRefusedError("OPERATOR_FROM_ELSEWHERE") from error
        operator = await self.operator(request)
        if not fresh(operator.proof, self._authority.settings.factor):
            raise OpsRefusedError("OPERATOR_FACTOR_OLD")
        return operator

    async def _found(self, request: Request) -> Operator:
        session = await self._pages.session(request)
        if session is None:
            raise OpsRefusedError("OPERATOR_SIGN_IN_NEEDED")
        person = await self._authority.known_persons.get(session.person_id)
        if person is None:
            raise OpsRefusedError("OPERATOR_SIGN_IN_NEEDED")
        if Role.OPS not in person.facts.roles:
            raise OpsRefusedError("OPERATOR_ROLE_NEEDED")
        if not has_factor(session.proof):
            raise OpsRefusedError("OPERATOR_FACTOR_NEEDED")
        return Operator(session.person_id, self._authority.vault.pseudonym(session.person_id), session.proof)
