"""``tongxin factor``: second factors of operators, by the codes they enrol one with."""

import json
from datetime import datetime
from typing import Annotated, Any, NoReturn

import typer

from auth.factor.roster import Entry
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
    told = {"code": invitation.code, "expires_at": invitation.expires_at.isoformat()}
    if as_json:
        typer.echo(json.dumps(told))
        return
    typer.echo(told["code"])
    typer.echo(f"good once, until {told['expires_at']}, at /account/factor", err=True)


@app.command()
def reset(platform: PlatformName, employee_code: Code) -> None:
    """Take an official's authenticator, recovery codes and lock off, and sign them out everywhere."""
    refuse_unusable(platform, employee_code)
    if not with_authority(lambda authority: authority.second_factor.removal.by_operator(platform, employee_code)):
        _end("there is nothing to take off: no authenticator, no lock, no code")


@app.command("list")
def list_(*, as_json: AsJson = False) -> None:
    """Show who has an authenticator, who is locked out, and who was invited."""
    rows = [_row(entry) for entry in with_authority(lambda authority: authority.second_factor.roster.list())]
    if as_json:
        typer.echo(json.dumps(rows))
        return
    for row in rows:
        facts = [f"{name} {value}" for name, value in row.items() if name not in {"platform", "account"} and value]
        typer.echo(f"{row['platform']}  {row['account']}  {', '.join(facts)}")


def _row(entry: Entry) -> dict[str, Any]:
    held = entry.held
    return {
        "platform": entry.platform,
        "account": entry.account,
        "enrolled_at": _told(None if held is None else held.enrolled_at),
        "recovery_codes_left": None if held is None else held.codes_left,
        "locked_until": _told(entry.locked_until),
        "invited_until": _told(entry.invited_until),
    }


def _told(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _end(why: str) -> NoReturn:
    typer.echo(f"tongxin: {why}", err=True)
    raise typer.Exit(1)
