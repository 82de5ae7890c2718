"""The command ``tongxin``: one file a command."""

import typer

from gateway.cli import client, doctor, events, grant, plan, sandbox, schema, serve, token

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Tongxin Gateway.")
app.command("serve")(serve.serve)
app.command("sandbox")(sandbox.sandbox)
app.command("token")(token.token)
app.command("doctor")(doctor.doctor)
app.command("plan")(plan.plan)
app.add_typer(schema.app, name="schema")
app.add_typer(client.app, name="client")
app.add_typer(grant.app, name="grant")
app.add_typer(events.app, name="events")
