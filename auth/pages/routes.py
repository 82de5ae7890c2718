"""Every page of sign-on."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from auth.authority import Authority
from auth.logouts.request import LogoutRequests
from auth.pages.account import AccountPage
from auth.pages.account_data import AccountDataPage
from auth.pages.account_factor import AccountFactorPage
from auth.pages.account_link import AccountLinkPage
from auth.pages.consent import ConsentPage
from auth.pages.device import DevicePage
from auth.pages.login import LoginPage
from auth.pages.login_callback import LoginCallback
from auth.pages.login_factor import LoginFactorPage
from auth.pages.logout import LogoutPage
from auth.pages.page import Endpoint, Pages
from auth.pages.style import ROUTE as STYLE
from auth.pages.troubles import PageError, Trouble
from auth.server.authorize import AuthorizeEndpoint
from auth.server.logout import LogoutEndpoint

_PLACES = ("/login", "/logout", "/account", "/consent", "/device")


def page_routes(authority: Authority, pages: Pages) -> list[Route]:
    """The routes, to be served at the root of the issuer's address; each page's troubles become pages."""
    step, factor = LoginFactorPage(authority, pages), AccountFactorPage(authority, pages)
    login, callback = LoginPage(authority, pages), LoginCallback(authority, pages)
    link = AccountLinkPage(authority, pages)
    account, data = AccountPage(authority, pages), AccountDataPage(authority, pages)
    asked_for = LogoutRequests(authority.clients, authority.keys, authority.vault, authority.settings.issuer)
    logout, leaving = LogoutPage(authority, pages, asked_for), LogoutEndpoint(authority, pages, asked_for)
    device, consent = DevicePage(authority, pages), ConsentPage(authority, pages)
    authorize = AuthorizeEndpoint(authority, pages)
    return [
        Route(STYLE, pages.style.answer, methods=["GET"]),
        _deed("/oauth/authorize", GET=pages.guarded(authorize.asked), POST=pages.guarded(authorize.posted)),
        Route("/login/factor", pages.guarded(step.asked), methods=["GET"]),  # no platform is called so
        Route("/login/factor", pages.guarded(step.sent), methods=["POST"]),
        Route("/login", pages.guarded(login.shown), methods=["GET"]),
        Route("/login/failed", pages.guarded(login.failed), methods=["GET"]),
        _deed("/login/{platform}", GET=pages.guarded(login.begun)),
        _deed("/login/{platform}/callback", GET=callback.came_back, POST=callback.came_back),
        Route("/logout", pages.guarded(logout.shown), methods=["GET"]),
        Route("/logout", pages.guarded(logout.sent), methods=["POST"]),
        _deed("/oauth/logout", GET=pages.guarded(leaving.asked), POST=pages.guarded(leaving.posted)),
        Route("/device", pages.guarded(device.shown), methods=["GET"]),
        Route("/device", pages.guarded(device.sent), methods=["POST"]),
        Route("/consent", pages.guarded(consent.asked), methods=["GET"]),
        Route("/consent", pages.guarded(consent.sent), methods=["POST"]),
        Route("/account", pages.guarded(account.shown), methods=["GET"]),
        Route("/account", pages.guarded(account.sent), methods=["POST"]),
        Route("/account/link", pages.guarded(link.begun), methods=["POST"]),
        Route("/account/data", pages.guarded(data.shown), methods=["GET"]),
        Route("/account/data", pages.guarded(data.sent), methods=["POST"]),
        Route("/account/factor", pages.guarded(factor.shown), methods=["GET"]),
        Route("/account/factor", pages.guarded(factor.sent), methods=["POST"]),
        *(_deed(f"{place}/{{rest:path}}", GET=pages.guarded(_no_such_page)) for place in _PLACES),
    ]


async def _no_such_page(_: Request) -> Response:
    """Below a page, where there is none: somebody mistyped its address, or has an old one."""
    raise PageError(Trouble.NOT_FOUND)


def _deed(path: str, **acts: Endpoint) -> Route:
    """A route whose GET gives a code, begins a leg or ends a session; HEAD, which may do none of that, is no way to it.

    It would tell the code in its header Location, too (RFC 9110 section 9.3.2).
    """

    async def answer(request: Request) -> Response:
        return await acts[request.method](request)

    route = Route(path, answer, methods=list(acts))
    route.methods = set(acts)
    return route
