"""``tongxin grant``: roles an operator gives by hand, ``ops`` and ``moderator``."""

import json
import re
from typing import Annotated

import typer

from auth.audit import Act
from auth.audit.persons import employee_name
from auth.authority import Authority
from connectors.records.identity import TicketForm
from connectors.viewer import Role
from gateway.cli.store import with_authority
from gateway.platforms import PLATFORMS

OF_OFFICIALS = tuple(platform.name for platform in PLATFORMS if TicketForm.ZHEZHENGDING_APP in platform.tickets)
"""Platforms where people sign in by an employee code; elsewhere nobody could ever use such a role."""

app = typer.Typer(no_args_is_help=True, help=__doc__)
RoleName = Annotated[Role, typer.Argument(help="ops or moderator")]
PlatformName = Annotated[str, typer.Argument(help=", ".join(OF_OFFICIALS))]
_CODE = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
Code = Annotated[str, typer.Argument(help="the official's employeeCode, GE_…")]


@app.command()
def give(role: RoleName, platform: PlatformName, employee_code: Code) -> None:
    """Give a role to an official, who need not have signed in yet."""
    refuse_unusable(platform, employee_code)

    async def given(authority: Authority) -> None:
        await authority.grants.grant(role, platform, employee_code)
        _note(authority, Act.ROLE_GIVEN, role, platform, employee_code)

    try:
        with_authority(given)
    except ValueError as error:
        typer.echo(f"tongxin: {error}", err=True)
        raise typer.Exit(1) from None


@app.command()
def take(role: RoleName, platform: PlatformName, employee_code: Code) -> None:
    """Take it back."""

    async def taken(authority: Authority) -> bool:
        was_given = await authority.grants.revoke(role, platform, employee_code)
        if was_given:
            _note(authority, Act.ROLE_TAKEN, role, platform, employee_code)
        return was_given

    if not with_authority(taken):
        typer.echo("tongxin: it was not given", err=True)
        raise typer.Exit(1)


@app.command("list")
def list_(*, as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False) -> None:
    """Show every role given."""
    grants = with_authority(lambda authority: authority.grants.list())
    rows = [{"role": g.role.value, "platform": g.platform, g.kind.value: g.holder} for g in grants]
    if as_json:
        typer.echo(json.dumps(rows))
        return
    for row in rows:
        typer.echo("  ".join(row.values()))


def _note(authority: Authority, act: Act, role: Role, platform: str, employee_code: str) -> None:
    """By the account, whether or not anybody signed in with it yet."""
    authority.audit.note(act, whom=employee_name(employee_code), role=role.value, platform=platform)


def refuse_unusable(platform: str, employee_code: str) -> None:
    """End the command when nobody could ever sign in as that account."""
    if platform not in OF_OFFICIALS:
        typer.echo(
            f"tongxin: {platform}: nobody signs in there by employee code; allowed: {', '.join(OF_OFFICIALS)}", err=True
        )
        raise typer.Exit(1)
    if not _CODE.fullmatch(employee_code):
        typer.echo(f"tongxin: {employee_code!r} is no employee code; it looks like GE_0123456789abcdef", err=True)
        raise typer.Exit(1)
