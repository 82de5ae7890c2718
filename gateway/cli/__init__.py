"""The command ``tongxin``: one file a command, read when that command is called for."""

from contextlib import nullcontext
from importlib import import_module
from typing import TYPE_CHECKING

import typer
from typer.core import TyperGroup
from typer.main import get_group

from gateway.cli.plainly import plainly
from gateway.garbage import staying

if TYPE_CHECKING:
    from typer._click import Command, Context

_FILES = {
    "serve": "serve",
    "sandbox": "sandbox",
    "token": "token",
    "doctor": "doctor",
    "plan": "plan",
    "reseal": "reseal",
    "schema": "schema",
    "documents": "documents",
    "client": "client_commands",
    "keys": "keys",
    "grant": "grant",
    "factor": "factor",
    "audit": "audit",
    "person": "person",
    "events": "events",
    "outbox": "outbox",
    "breaker": "breaker",
    "incidents": "incidents",
    "drill": "drill",
}
"""Where each is: an ``app`` of several commands, or a function of the same name."""


class _Commands(TyperGroup):
    """All of them; what a command does not need is not imported for it, which would take seconds."""

    def list_commands(self, ctx: "Context") -> list[str]:  # noqa: ARG002 - the library's signature
        """In which order help shows them."""
        return list(_FILES)

    def get_command(self, ctx: "Context", cmd_name: str) -> "Command | None":
        """One of them; for an unknown name all are read, so that one like it can be suggested."""
        for name in [cmd_name] if cmd_name in _FILES else _FILES:
            if name not in self.commands:
                self.commands.update(_read(name).commands)
        return super().get_command(ctx, cmd_name)


def _read(name: str) -> TyperGroup:
    alone = typer.Typer()
    with staying(), plainly() if name == "serve" else nullcontext():
        file = import_module(f"gateway.cli.{_FILES[name]}")
    if hasattr(file, "app"):
        alone.add_typer(file.app, name=name)
    else:
        alone.command(name)(getattr(file, name))
    return get_group(alone)


app = typer.Typer(cls=_Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def _tongxin() -> None:
    """Tongxin Gateway."""
