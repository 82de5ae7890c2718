"""What every page of sign-on is made with: templates, cookies, forms that cannot be forged, headers.

Owns how a page is shown and how a form comes in. Leaves what a page says to its template, what a form does to the
page's own class.
"""

import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from auth.pages.cookies import FORM, SESSION, VIEW, Cookies
from auth.pages.forgery import FIELD, Forgery
from auth.pages.forms import Form, read_form
from auth.pages.moments import told_moment
from auth.pages.style import Style
from auth.pages.troubles import PageError, Trouble
from auth.pages.view import SWITCHES, View, switched, view_of
from auth.sessions import Session, Sessions
from auth.settings import AuthSettings
from auth.store.database import StoreUnavailableError
from auth.too_often import seconds_to_wait
from auth.vault import Vault

Endpoint = Callable[[Request], Awaitable[Response]]

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action {}; "
    "frame-ancestors 'none'; base-uri 'none'"
)
_WITH_SCRIPTS = _POLICY + "; script-src 'self'; connect-src 'self'"
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Frame-Options": "DENY",  # what frame-ancestors says, for browsers that do not know it
    "X-Content-Type-Options": "nosniff",
    # with no-referrer a browser sends Origin: null with our own forms (Fetch, "append a request Origin header")
    "Referrer-Policy": "same-origin",
    "Vary": "Accept-Language, Cookie",
}
_TEMPLATES = Environment(
    loader=PackageLoader("auth.pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
"""Read and compiled when first shown, once for all: that takes ten times longer than to show one."""
_SEE_OTHER = 303
_UNAVAILABLE = 503


class Pages:
    """One per process.

    What templates get besides their facts stands at the top of ``templates/base.html``.
    """

    def __init__(
        self,
        settings: AuthSettings,
        vault: Vault,
        sessions: Sessions,
        titles: Mapping[str, tuple[str, str]] | None = None,
        *,
        templates: Environment = _TEMPLATES,
        scripts: bool = False,
    ) -> None:
        """Put together.

        ``titles``: the platforms as people know them, by name, in Chinese and English. ``templates``: of pages that are
        made the same way elsewhere, which must find those of sign-on, too; ``scripts``: whether theirs may run.
        """
        self._titles = titles or {}
        self._templates = templates
        self._policy = _WITH_SCRIPTS if scripts else _POLICY
        self.cookies = Cookies(secure=settings.issuer.startswith("https:"))
        self.style = Style()
        self._sessions = sessions
        self._forgery = Forgery(vault, settings.issuer)

    async def session(self, request: Request) -> Session | None:
        """The living session of this browser. Raises ``StoreUnavailableError``."""
        secret = self.cookies.read(request, SESSION)
        return None if secret is None else await self._sessions.of(secret)

    def view(self, request: Request) -> View:
        """In which language and size this browser wants its pages."""
        return view_of(request, self.cookies.read(request, VIEW))

    def show(
        self, request: Request, name: str, /, status: int = 200, *, leads_to: Sequence[str] = (), **facts: Any
    ) -> Response:
        """Answer the page ``templates/<name>.html``.

        ``leads_to``: sources outside that a form of this page may end at by redirects (``onward.form_source``). The
        fact ``place`` says where the switches of language and size lead; without it they stay at this address, which
        must then answer to GET.
        """
        view, browser = self.view(request), self.cookies.read(request, FORM)
        bound = browser or secrets.token_urlsafe(32)
        place = facts.pop("place", None) or _place(request)
        body = self._templates.get_template(f"{name}.html").render(
            view=view,
            t=view.words,
            moment=lambda at: told_moment(at, view),
            platform=lambda platform: view.words(*self._titles.get(platform, (platform, platform))),
            style=self.style.path,
            other_language=switched(place, view, language=True),
            other_size=switched(place, view, size=True),
            csrf_field=lambda: self._field(bound),
            **facts,
        )
        answer = HTMLResponse(body, status, {**_HEADERS, "Content-Language": view.language.tag})
        answer.headers["Content-Security-Policy"] = self._policy.format(" ".join(["'self'", *filter(None, leads_to)]))
        if browser is None:
            self.cookies.write(answer, FORM, bound)
        if request.query_params.keys() & SWITCHES:
            self.cookies.write(answer, VIEW, view.kept)
        return answer

    async def posted(self, request: Request) -> Form:
        """Read a form that one of our pages sent from this browser; raises ``PageError`` for any other."""
        self._forgery.check_origin(request)
        form = await read_form(request)
        self._forgery.check_token(form.get(FIELD), self.cookies.read(request, FORM))
        return form

    def trouble(self, request: Request, trouble: Trouble, **facts: Any) -> Response:
        """Answer the page of a trouble; facts as in ``PageError``."""
        if request.method != "GET":
            facts.setdefault("place", "/account")
        # the access log's entry, where whoever serves these pages writes one
        trace_id = getattr(request.scope.get("tongxin.access"), "trace_id", None)
        answer = self.show(
            request, "error", trouble.status, trouble=trouble, trace_id=trace_id, **{"back": None, **facts}
        )
        if trouble.status == _UNAVAILABLE:
            answer.headers["Retry-After"] = "5"
        return answer

    def guarded(self, endpoint: Endpoint) -> Endpoint:
        """The endpoint, whose troubles become pages."""

        async def answer(request: Request) -> Response:
            seconds = seconds_to_wait(request)
            if seconds is not None:
                answer = self.trouble(request, Trouble.TOO_OFTEN, place="/account")
                answer.headers["Retry-After"] = str(seconds)
                return answer
            try:
                return await endpoint(request)
            except PageError as error:
                return self.trouble(request, error.trouble, **error.facts)
            except StoreUnavailableError:
                return self.trouble(request, Trouble.BUSY)

        return answer

    def _field(self, browser: str) -> Markup:
        return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, self._forgery.token(browser))


def see_other(address: str) -> Response:
    """Send the browser on by GET (RFC 9110 section 15.4.4); the caller has checked where to."""
    return RedirectResponse(address, _SEE_OTHER, {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})


def _place(request: Request) -> str:
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
