"""The authorization endpoint (RFC 6749 section 3.1): a browser comes with a request and leaves with a code.

request → client → redirect URI → checks     ``Authorizations``: a page, or back to the client with what is wrong
session → proof → factor → consent           ``steps``: a page of ours, and here again
code                                         ``TokenGrants``
"""

from functools import partial
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from auth.authority import Authority
from auth.authorization.authorizations import CONTINUE, RedirectedError
from auth.authorization.parameters import parameters_from
from auth.authorization.request import AuthorizationRequest, Prompt
from auth.authorization.standing import standing_of
from auth.authorization.steps import TO_LOGIN, Detour, Visit, detour_of, may_grant, to_consent
from auth.pages.page import Pages, see_other
from auth.pages.troubles import PageError, Trouble
from auth.pages.view import Language
from auth.refusals import OAuthError
from auth.server.form import body_of
from auth.sessions import Session


class AuthorizeEndpoint:
    """``GET`` and ``POST /oauth/authorize``; its troubles become pages (``Pages.guarded``)."""

    def __init__(self, authority: Authority, pages: Pages) -> None:
        self._authority = authority
        self._requests = authority.authorizations
        self._pages = pages

    async def asked(self, request: Request) -> Response:
        """Answer a request, or one that goes on after a page."""
        try:
            asked = await self._asked(request)
        except RedirectedError as error:
            return see_other(error.address)
        try:
            return await self._answered(request, asked)
        except OAuthError as error:
            return see_other(self._requests.refusal(asked, error.refusal))

    async def posted(self, request: Request) -> Response:
        """Take a request by POST and have it come again by GET: browsers keep our cookie from other sites' forms."""
        try:
            asked = await self._requests.begun(parameters_from(await body_of(request)))
        except RedirectedError as error:
            return see_other(error.address)
        except OAuthError as error:
            raise PageError(Trouble.REQUEST_UNREADABLE) from error
        return see_other(self._requests.onward(asked))

    async def _asked(self, request: Request) -> AuthorizationRequest:
        sealed = request.query_params.get(CONTINUE)
        if sealed is not None:
            return await self._requests.read(sealed)
        try:
            return await self._requests.begun(parameters_from(request.scope["query_string"]))
        except OAuthError as error:
            raise PageError(Trouble.REQUEST_UNREADABLE) from error

    async def _answered(self, request: Request, asked: AuthorizationRequest) -> Response:
        session = await self._pages.session(request)
        visit = None if session is None else await self._visit(asked, session)
        if visit is None:
            return self._sent_to(TO_LOGIN, asked)
        detour = detour_of(visit)
        if detour is not None:
            return self._sent_to(detour, asked)
        code = await self._authority.token_grants.begin(asked, visit.session, visit.scopes)
        return see_other(self._requests.answer(asked, code=code))

    async def _visit(self, asked: AuthorizationRequest, session: Session) -> Visit | None:
        standing = await self._authority.database.read(partial(standing_of, who=session))
        if standing is None:
            return None
        scopes = may_grant(asked, standing)
        needed = to_consent(scopes)
        agreed = not needed or await self._authority.consents.covers(session.person_id, asked.client.client_id, needed)
        return Visit(asked, session, standing, scopes, agreed)

    def _sent_to(self, detour: Detour, asked: AuthorizationRequest) -> Response:
        if Prompt.NONE in asked.prompts:
            raise OAuthError(detour.silent)
        to = self._requests.onward(asked, without=detour.answers)
        language = _language(asked.ui_locales)
        wanted = {"to": to} | ({"lang": language} if language else {})
        return see_other(f"{detour.page}?{urlencode(wanted)}")


def _language(ui_locales: str | None) -> str | None:
    """The first of the client's languages that our pages speak (OpenID Connect Core section 3.1.2.1)."""
    tags = (tag.lower().partition("-")[0] for tag in (ui_locales or "").split())
    return next((tag for tag in tags if tag in set(Language)), None)
