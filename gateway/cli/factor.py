"""``tongxin factor``: second factors of operators, by the codes they enrol one with."""

import json
from typing import Annotated, Any, NoReturn

import typer

from auth.factor.roster import Entry
from gateway.cli.client_rows import minute_of, time_of
from gateway.cli.grant import Code, PlatformName, refuse_unusable
from gateway.cli.store import with_authority

app = typer.Typer(no_args_is_help=True, help=__doc__)
AsJson = Annotated[bool, typer.Option("--json", help="print JSON")]


@app.command()
def invite(platform: PlatformName, employee_code: Code, *, as_json: AsJson = False) -> None:
    """Make a code by which an official enrols an authenticator at /account/factor; shown this once, good once.

    Codes made for them before end.
    """
    refuse_unusable(platform, employee_code)
    invitation = with_authority(lambda authority: authority.second_factor.roster.invite(platform, employee_code))
    if as_json:
        typer.echo(json.dumps({"code": invitation.code, "expires_at": time_of(invitation.expires_at)}))
        return
    typer.echo(invitation.code)
    typer.echo(f"good once, until {minute_of(invitation.expires_at)}, at /account/factor", err=True)


@app.command()
def reset(platform: PlatformName, employee_code: Code) -> None:
    """Take an official's authenticator, recovery codes and lock off, and sign them out everywhere."""
    refuse_unusable(platform, employee_code)
    if not with_authority(lambda authority: authority.second_factor.removal.by_operator(platform, employee_code)):
        _end("there is nothing to take off: no authenticator, no lock, no code")


@app.command("list")
def list_(*, as_json: AsJson = False) -> None:
    """Show who has an authenticator, who is locked out, and who was invited."""
    entries = with_authority(lambda authority: authority.second_factor.roster.list())
    if as_json:
        typer.echo(json.dumps([_row(entry) for entry in entries]))
        return
    for entry in entries:
        typer.echo(f"{entry.platform}  {entry.account}  {', '.join(_facts(entry))}")


def _row(entry: Entry) -> dict[str, Any]:
    held = entry.held
    return {
        "platform": entry.platform,
        "account": entry.account,
        "enrolled_at": time_of(None if held is None else held.enrolled_at),
        "recovery_codes_left": None if held is None else held.codes_left,
        "locked_until": time_of(entry.locked_until),
        "invited_until": time_of(entry.invited_until),
    }


def _facts(entry: Entry) -> list[str]:
    """For people: what there is of it, in words."""
    facts = []
    if entry.held is not None:
        facts.append(f"enrolled {minute_of(entry.held.enrolled_at)}, {entry.held.codes_left} recovery codes left")
    if entry.locked_until is not None:
        facts.append(f"locked until {minute_of(entry.locked_until)}")
    if entry.invited_until is not None:
        facts.append(f"invited until {minute_of(entry.invited_until)}")
    return facts


def _end(why: str) -> NoReturn:
    typer.echo(f"tongxin: {why}", err=True)
    raise typer.Exit(1)
