"""``/consent``: whether a client may do what it asks for, put to the person it asks for it."""

from collections.abc import Collection
from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from auth.audit import Act
from auth.authority import Authority
from auth.authorization.authorizations import CONTINUE, PATH
from auth.authorization.request import AuthorizationRequest
from auth.pages.forms import Form
from auth.pages.login import login_first
from auth.pages.onward import form_source, onward_of
from auth.pages.page import Pages, see_other
from auth.pages.scope_words import in_order, scope_words
from auth.pages.troubles import PageError, Trouble
from auth.scopes import within
from auth.sessions import Session
from connectors.viewer import Scope

_WRONG = 422
_FIXED = frozenset({Scope.OPENID})
"""Without it there is nobody to let in; where it is asked for, yes means yes to it."""


class ConsentPage:
    """Asks once; what was agreed to before is shown and not asked again, what is left out is left out of the tokens."""

    def __init__(self, authority: Authority, pages: Pages) -> None:
        self._authority = authority
        self._pages = pages

    async def asked(self, request: Request) -> Response:
        """Show who asks for what."""
        to = onward_of(request.query_params.get("to"))
        asked = await self._authority.authorizations.read(_sealed(to))
        session = await self._pages.session(request)
        if session is None:
            return see_other(login_first(to))
        return await self._page(request, session, asked, to)

    async def sent(self, request: Request) -> Response:
        """Take the answer, and go on with the request."""
        form = await self._pages.posted(request)
        to = onward_of(form.get("to"))
        asked = await self._authority.authorizations.read(_sealed(to))
        session = await self._pages.session(request)
        if session is None:
            return see_other(login_first(to))
        if form.get("sid") != session.sid:  # somebody else signed in since the page was shown
            return see_other(_here(to))
        if form.get("act") != "yes":
            return see_other(await self._authority.authorizations.denied(_sealed(to), session.person_id))
        return await self._agreed(request, session, asked, form)

    async def _agreed(self, request: Request, session: Session, asked: AuthorizationRequest, form: Form) -> Response:
        to, client_id = onward_of(form.get("to")), asked.client.client_id
        wanted, given = await self._scopes(session, asked)
        ticked = frozenset(scope for scope in wanted if scope.value in form.all("scope"))
        chosen = wanted & (ticked | _FIXED | given)
        if not chosen:
            return await self._page(request, session, asked, to, nothing=True)
        await self._authority.consents.give(session.person_id, client_id, chosen)
        self._authority.audit.note(
            Act.CONSENT_GIVEN, who=session.person_id, client_id=client_id, scopes=" ".join(sorted(chosen))
        )
        return see_other(to if chosen == wanted else self._authority.authorizations.onward(_only(asked, chosen)))

    async def _page(
        self, request: Request, session: Session, asked: AuthorizationRequest, to: str, *, nothing: bool = False
    ) -> Response:
        person = await self._authority.selves.read(session.person_id)
        if person is None:
            return see_other(login_first(to))
        wanted, given = await self._scopes(session, asked)
        view = self._pages.view(request)
        return self._pages.show(
            request,
            "consent",
            _WRONG if nothing else 200,
            leads_to=[form_source(asked.redirect_uri), *sorted(asked.client.origins)],
            client=asked.client,
            host=_host(asked.redirect_uri),
            name=person.name,
            sid=session.sid,
            fixed=[scope_words(scope, view) for scope in in_order((wanted & _FIXED) - given)],
            choices=[(scope, *scope_words(scope, view)) for scope in in_order(wanted - given - _FIXED)],
            given=[scope_words(scope, view)[0] for scope in in_order(given)],
            nothing=nothing,
            other=login_first(to),
            to=to,
            place=_here(to),
        )

    async def _scopes(self, session: Session, asked: AuthorizationRequest) -> tuple[frozenset[Scope], frozenset[Scope]]:
        """What the person may let the client do of what it asks for, and what of that they agreed to before."""
        person = await self._authority.selves.read(session.person_id)
        roles = frozenset() if person is None else person.roles
        wanted = within(asked.scopes, asked.client.scopes, roles)
        return wanted, wanted & await self._authority.consents.given(session.person_id, asked.client.client_id)


def _only(asked: AuthorizationRequest, scopes: Collection[Scope]) -> AuthorizationRequest:
    """The same request for fewer scopes (RFC 6749 section 3.3 lets the person have them so)."""
    values = {**asked.parameters.values, "scope": " ".join(sorted(scopes))}
    return replace(asked, parameters=replace(asked.parameters, values=values))


def _sealed(to: str) -> str:
    """The request in an address of ours; raises ``PageError`` for one that leads elsewhere."""
    parts = urlsplit(to)
    sealed = parse_qs(parts.query).get(CONTINUE, [])
    if parts.path != PATH or len(sealed) != 1:
        raise PageError(Trouble.REQUEST_ENDED)
    return sealed[0]


def _here(to: str) -> str:
    return f"/consent?{urlencode({'to': to})}"


def _host(redirect_uri: str) -> str:
    """Where the browser will be, as people can compare it: a host, or an app's own scheme."""
    parts = urlsplit(redirect_uri)
    return parts.hostname or f"{parts.scheme}:"
