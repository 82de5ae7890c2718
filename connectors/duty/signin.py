"""Signs browsers in by the duty platform's own login: we are its OpenID Connect client (code, PKCE, nonce, state).

An account there says which member it belongs to; the registry is asked before anybody believes it. The tokens are not
kept: they told who somebody is.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from connectors.deadline import Deadline
from connectors.duty.id_token import BadIdTokenError, Expected, UnknownKeyError, claims_of
from connectors.duty.login_provider import TOKEN, LoginProvider
from connectors.duty.settings import DutySettings
from connectors.errors import NotAllowedError, NotConfiguredError, RejectedInputError, SignInNeededError
from connectors.records.identity import Identity, TicketForm
from connectors.records.sign_in_leg import Binding, Way
from connectors.viewer import Ask

_CAME_BACK = "login.callback"
_DENIED = frozenset({"access_denied", "login_required", "consent_required", "interaction_required"})


class DutySignInPage:
    """Port ``SignInPage``. A code is of no use without the leg that asked for it, so there is no ``SignIn`` here."""

    def __init__(self, settings: DutySettings, provider: LoginProvider) -> None:
        self._settings = settings
        self._signin = settings.signin
        self._provider = provider
        way = Way(provider.platform, TicketForm.DUTY_OIDC, "履职服务综合平台", "The member-duty platform")
        offered = self._signin.client_id and settings.login_issuer
        self.ways: tuple[Way, ...] = (way,) if offered else ()

    def is_inside(self, user_agent: str) -> bool:  # noqa: ARG002 - the platform has no app of its own
        """Never."""
        return False

    async def sign_in_page(self, form: TicketForm, binding: Binding, ask: Ask, *, user_agent: str = "") -> str:  # noqa: ARG002 - one page for all
        """Build the authorization request (OpenID Connect Core section 3.1.2.1)."""
        if form not in {way.form for way in self.ways}:
            raise NotConfiguredError(self._provider.platform, "login")
        page = (await self._provider.metadata(ask.deadline)).authorization_endpoint
        query = {
            "response_type": "code",
            "client_id": self._signin.client_id,
            "redirect_uri": self._signin.callback_url,
            "scope": self._signin.scope,
            "state": binding.state,
            "nonce": binding.nonce,
            "code_challenge": binding.code_challenge,
            "code_challenge_method": "S256",
        }
        return f"{page}{'&' if '?' in page else '?'}{urlencode(query)}"

    def state_in(self, form: TicketForm, sent: Mapping[str, str]) -> str | None:  # noqa: ARG002 - there is one form
        """``state``."""
        return sent.get("state")

    async def come_back(self, form: TicketForm, sent: Mapping[str, str], binding: Binding, ask: Ask) -> Identity:
        """Hand the code in and read the id_token, after who sends it was found right (RFC 9207 section 2.4)."""
        if form is not TicketForm.DUTY_OIDC:
            raise RejectedInputError(self._provider.platform, _CAME_BACK, "another form of ticket")
        await self._check_issuer(sent.get("iss"), ask.deadline)
        code = self._code_in(sent)
        token = await self._provider.id_token(code, binding, ask.deadline)
        try:
            subject, claims = await self._claims(token, binding, ask.deadline)
        except BadIdTokenError as error:
            raise SignInNeededError(self._provider.platform, TOKEN, f"id_token: {error}") from error
        return self._identity(subject, claims)

    async def _check_issuer(self, issuer: str | None, deadline: Deadline) -> None:
        """Refuse an answer that another server gave: a code of it would be handed to ours, or ours to it."""
        metadata = await self._provider.metadata(deadline)
        lacking = issuer is None and metadata.authorization_response_iss_parameter_supported
        if lacking or issuer not in {None, metadata.issuer}:
            raise SignInNeededError(self._provider.platform, _CAME_BACK, "another issuer, or none")

    def _code_in(self, sent: Mapping[str, str]) -> str:
        """The code, or what stands in its place (RFC 6749 section 4.1.2.1)."""
        error = sent.get("error")
        if error is not None:
            kind = NotAllowedError if error in _DENIED else SignInNeededError
            raise kind(self._provider.platform, _CAME_BACK, "refused")
        code = sent.get("code")
        if not code:
            raise SignInNeededError(self._provider.platform, _CAME_BACK, "no code")
        return code

    async def _claims(self, token: str, binding: Binding, deadline: Deadline) -> tuple[str, Mapping[str, Any]]:
        issuer, now = self._settings.login_issuer, self._provider.now()
        expected = Expected(issuer, self._signin.client_id, binding.nonce, self._signin.algorithms, now)
        try:
            return claims_of(token, await self._provider.keys(deadline), expected)
        except UnknownKeyError:
            return claims_of(token, await self._provider.keys(deadline, newer=True), expected)

    def _identity(self, subject: str, claims: Mapping[str, Any]) -> Identity:
        member, name = claims.get(self._signin.member_claim), claims.get("name")
        return Identity(
            platform=self._provider.platform,
            subject=subject,
            name=name if isinstance(name, str) else "",
            member_key=member if isinstance(member, str) and member else None,
        )
