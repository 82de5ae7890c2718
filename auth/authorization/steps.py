"""What must have happened before a code is given: a table of steps, each of which lets pass or names the page to see.

Nothing is kept on the way: after a page the request comes again from the start, with what the person did meanwhile.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from auth.authorization.request import NOBODY, AuthorizationRequest, Prompt
from auth.authorization.standing import Standing
from auth.factor.policy import lacks_factor
from auth.refusals import OAuthError, Refusal
from auth.scopes import WITHOUT_CONSENT, within
from auth.sessions import Session
from auth.store.moments import now
from connectors.viewer import Scope

LOGIN, FACTOR, CONSENT = "/login", "/login/factor", "/consent"


class Detour(NamedTuple):
    """A page the person must see first, what to say where no page may be shown, and the prompts it answers."""

    page: str
    silent: Refusal
    answers: frozenset[Prompt] = frozenset()


@dataclass(frozen=True, slots=True)
class Visit:
    """A request, and the person asked; ``scopes`` are what they may grant, ``agreed`` whether they did before."""

    asked: AuthorizationRequest
    session: Session
    standing: Standing
    scopes: frozenset[Scope]
    agreed: bool

    @property
    def proved_since(self) -> bool:
        """Whether the person proved who they are since the request began."""
        return self.standing.proved_at >= self.asked.begun_at


TO_LOGIN = Detour(LOGIN, Refusal.LOGIN_REQUIRED)


def _is_meant(visit: Visit) -> Detour | None:
    """``id_token_hint``: nobody else comes back to the client (OpenID Connect Core section 3.1.2.1).

    A hint that says nothing any more is passed over, but where no page may be shown.
    """
    asked = visit.asked
    if asked.hinted in {None, visit.session.person_id}:
        return None
    if asked.hinted == NOBODY and Prompt.NONE not in asked.prompts:
        return None
    if visit.proved_since:
        raise OAuthError(Refusal.LOGIN_REQUIRED)
    return TO_LOGIN


def _proved_again(visit: Visit) -> Detour | None:
    """``prompt=login``, and ``select_account``: who signs in anew chooses the account."""
    again = visit.asked.prompts & {Prompt.LOGIN, Prompt.SELECT_ACCOUNT}
    return TO_LOGIN if again and not visit.proved_since else None


def _proved_lately(visit: Visit) -> Detour | None:
    """``max_age`` (OpenID Connect Core section 3.1.2.1)."""
    if visit.asked.max_age is None or visit.proved_since:
        return None
    age = now() - visit.standing.proved_at
    return TO_LOGIN if age > timedelta(seconds=visit.asked.max_age) else None


def _proved_well(visit: Visit) -> Detour | None:
    """``acr_values``: who signs in again and stays below will not reach it."""
    if visit.asked.level is None or visit.session.proof.level >= visit.asked.level:
        return None
    if visit.proved_since:
        raise OAuthError(Refusal.LEVEL_NOT_REACHED)
    return TO_LOGIN


def _may_grant_something(visit: Visit) -> Detour | None:
    if not visit.scopes:
        raise OAuthError(Refusal.BAD_SCOPE)
    return None


def _proved_by_two(visit: Visit) -> Detour | None:
    lacks = lacks_factor(visit.scopes, visit.session.proof)
    return Detour(FACTOR, Refusal.INTERACTION_REQUIRED) if lacks else None


def _agreed(visit: Visit) -> Detour | None:
    """Asked once for each client and scope, or whenever the client wants it (``prompt=consent``)."""
    if visit.agreed and Prompt.CONSENT not in visit.asked.prompts:
        return None
    return Detour(CONSENT, Refusal.CONSENT_REQUIRED, frozenset({Prompt.CONSENT}))


STEPS: tuple[Callable[[Visit], Detour | None], ...] = (
    _is_meant,
    _proved_again,
    _proved_lately,
    _proved_well,
    _may_grant_something,
    _proved_by_two,
    _agreed,
)
"""The first that names a page counts; raises ``OAuthError`` where no page would help."""


def detour_of(visit: Visit) -> Detour | None:
    """The page to see before the code; None when all is there. Raises ``OAuthError``."""
    return next((detour for step in STEPS if (detour := step(visit)) is not None), None)


def to_consent(scopes: frozenset[Scope]) -> frozenset[Scope]:
    """The scopes that take the person's consent."""
    return scopes - WITHOUT_CONSENT


def may_grant(asked: AuthorizationRequest, standing: Standing) -> frozenset[Scope]:
    """What of the request the person's roles allow; the answer tells the client (RFC 6749 section 3.3)."""
    return within(asked.scopes, asked.client.scopes, standing.roles)
