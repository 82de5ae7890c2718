"""``tongxin token``: walks the real sign-in as a sandbox person and prints an access token."""

import json
from typing import Annotated, NoReturn

import httpx
import typer

from connectors.platform import Platform
from connectors.records.identity import TicketForm
from gateway.cli.browser_walk import BrowserWalk, WalkError
from gateway.cli.kept_browsers import browser_of, keep_browser
from gateway.cli.settings import settings_as_set
from gateway.cli.walks import WALKS, Who, first_fit, platform_of
from gateway.platforms import PLATFORMS
from gateway.sandbox_clients import SandboxClients, is_loopback, sandbox_port
from gateway.settings import Settings


def token(
    *,
    who: Annotated[Who, typer.Option("--as", help="whom to be")] = Who.CITIZEN,
    scope: Annotated[
        str | None, typer.Option(help="scopes, by spaces; default: what that person's front end asks")
    ] = None,
    person: Annotated[str | None, typer.Option(help="a sandbox person's id; default: one who fits")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print the whole answer")] = False,
) -> None:
    """Sign in at the running gateway as a sandbox person and print the access token."""
    settings = settings_as_set(sandbox=True)
    _refuse_the_real(settings)
    clients = SandboxClients.read(settings.data_dir)
    if clients is None:
        _end("no sandbox gateway has run here yet: start one with `make serve`")
    walk = WALKS[who]
    asked = walk.scope if scope is None else scope
    try:
        answer = _answer(settings, clients, who, person, asked)
    except httpx.TransportError as error:
        _end(
            f"the gateway at {_address(settings)} or its sandbox does not answer ({type(error).__name__}): is "
            "`make serve` running, and were TONGXIN_PORT and the sandbox addresses the same for it?"
        )
    except WalkError as error:
        _end(str(error))
    body = answer.json()
    if answer.is_error:
        _end(f"{body.get('error')}: {body.get('error_description')}")
    typer.echo(json.dumps(body) if as_json else body["access_token"])


def _answer(settings: Settings, clients: SandboxClients, who: Who, person: str | None, scope: str) -> httpx.Response:
    """What the token endpoint answers."""
    walk, address = WALKS[who], _address(settings)
    with httpx.Client(timeout=10, trust_env=False) as http:
        if walk.form is None:
            form, login = _partner_form(), clients.partner
        else:
            chosen = person or _first(http, settings, who, walk.form)
            if walk.by_browser:
                return _by_browser(settings, clients, platform_of(walk.form), chosen, scope)
            form, login = _ticket_form(http, settings, walk.form, chosen), clients.front_end
        return http.post(f"{address}/oauth/token", data=form | {"scope": scope}, auth=login)


def _by_browser(
    settings: Settings, clients: SandboxClients, platform: Platform, person: str, scope: str
) -> httpx.Response:
    """Walk as that person, who goes on in the browser of the last time: a password of theirs works only once."""
    with httpx.Client(timeout=10, trust_env=False, cookies=browser_of(settings.data_dir, person)) as http:
        secret = clients.factors.get(person)
        walk = BrowserWalk(http, _address(settings), platform=platform.name, person=person, secret=secret)
        try:
            return walk.token(clients.front_end, scope)
        finally:
            keep_browser(settings.data_dir, person, http.cookies)


def _first(http: httpx.Client, settings: Settings, who: Who, form: TicketForm) -> str:
    """The first of the sandbox's people who fits."""
    persons = http.get(f"{settings.platform(platform_of(form)).base_url}/sandbox/persons").json()
    found = first_fit(persons, who) or _end(f"there is no {who.value} among the sandbox persons")
    return str(found["id"])


def _ticket_form(http: httpx.Client, settings: Settings, form: TicketForm, person: str) -> dict[str, str]:
    platform = platform_of(form)
    asked = {"person": person, "form": platform.tickets[form]}
    answer = http.get(f"{settings.platform(platform).base_url}/sandbox/ticket", params=asked)
    if answer.is_error:
        _end(f"{person}: {platform.title_en} gives no ticket ({answer.json().get('error')})")
    return {
        "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
        "subject_token": answer.json()["ticket"],
        "subject_token_type": f"urn:tongxin:params:oauth:token-type:{form.value}",
    }


def _partner_form() -> dict[str, str]:
    return {"grant_type": "client_credentials"}


def _address(settings: Settings) -> str:
    return f"http://{settings.host}:{settings.port}"


def _refuse_the_real(settings: Settings) -> None:
    """This command is for the sandbox on this machine only."""
    if not is_loopback(settings.host):
        _end(f"host {settings.host} is not this machine alone: tokens are handed out on the sandbox only")
    for platform in PLATFORMS:
        if sandbox_port(platform, settings) is None:
            _end(f"{platform.title_en} is not its sandbox: tokens are handed out on the sandbox only")


def _end(why: str) -> NoReturn:
    typer.echo(f"tongxin: {why}", err=True)
    raise typer.Exit(1)
