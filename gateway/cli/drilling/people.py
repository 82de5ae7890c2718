"""Signs in those who ask in a drill, and the operator who looks at ``/ops`` meanwhile."""

from dataclasses import dataclass

import httpx

from gateway.cli.browser_walk import BrowserWalk, WalkError
from gateway.cli.drilling.questions import QUESTIONS
from gateway.cli.drilling.sandbox import NoSandboxError
from gateway.cli.kept_browsers import browser_of, keep_browser
from gateway.cli.walks import WALKS, Who, first_fit, platform_of
from gateway.sandbox_clients import SandboxClients
from gateway.settings import Settings


@dataclass(frozen=True, slots=True)
class People:
    """Tokens of those who ask, and the cookies of an operator's browser."""

    tokens: dict[Who, str]
    operator: httpx.Cookies


class Desk:
    """Signs people in at one gateway, each as the first of the sandbox's people who fits."""

    def __init__(self, settings: Settings, gateway: str) -> None:
        self._settings = settings
        self._gateway = gateway

    def people(self) -> People:
        """All of them. Raises ``NoSandboxError`` where that gateway is not in front of this sandbox."""
        clients = SandboxClients.read(self._settings.data_dir)
        if clients is None:
            raise NoSandboxError(
                f"no sandbox gateway has run with data_dir {self._settings.data_dir}: is `serve --sandbox` running?"
            )
        try:
            asking = {question.who for question in QUESTIONS if question.who is not None}
            tokens = {who: self._token(who, clients) for who in sorted(asking)}
            return People(tokens, self._operator(clients))
        except httpx.TransportError as error:
            raise NoSandboxError(
                f"{self._gateway} does not answer ({type(error).__name__}): is `serve --sandbox` running?"
            ) from error
        except WalkError as error:
            raise NoSandboxError(f"the operator is not let in: {error}") from error

    def _person(self, http: httpx.Client, who: Who) -> tuple[str, str]:
        """Their id, and where their platform is."""
        form = WALKS[who].form
        if form is None:
            raise NoSandboxError(f"nobody signs in as {who.value}")
        address = str(self._settings.platform(platform_of(form)).base_url)
        found = first_fit(http.get(f"{address}/sandbox/persons").json(), who)
        if found is None:
            raise NoSandboxError(f"there is no {who.value} among the sandbox persons")
        return str(found["id"]), address

    def _token(self, who: Who, clients: SandboxClients) -> str:
        """By a ticket of their platform."""
        form = WALKS[who].form
        with httpx.Client(timeout=10, trust_env=False) as http:
            person, address = self._person(http, who)
            asked = {"person": person} | ({"form": platform_of(form).tickets[form]} if form else {})
            ticket = http.get(f"{address}/sandbox/ticket", params=asked).json()["ticket"]
            sent = {
                "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token": ticket,
                "subject_token_type": f"urn:tongxin:params:oauth:token-type:{form.value if form else ''}",
                "scope": WALKS[who].scope,
            }
            answer = http.post(f"{self._gateway}/oauth/token", data=sent, auth=clients.front_end)
            if answer.is_error:
                raise NoSandboxError(
                    f"{self._gateway} is not in front of this sandbox: it takes no ticket of its people"
                )
            return str(answer.json()["access_token"])

    def _operator(self, clients: SandboxClients) -> httpx.Cookies:
        """Through every page, with the second factor; goes on in the browser of the last time."""
        walk = WALKS[Who.OPS]
        folder = self._settings.data_dir
        with httpx.Client(timeout=10, trust_env=False) as http:
            person, _ = self._person(http, Who.OPS)
            http.cookies = browser_of(folder, person)
            platform = platform_of(walk.form).name if walk.form else ""
            secret = clients.factors.get(person)
            BrowserWalk(http, self._gateway, platform=platform, person=person, secret=secret).token(
                clients.front_end, walk.scope
            )
            keep_browser(folder, person, http.cookies)
            return http.cookies
