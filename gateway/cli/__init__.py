"""The command ``tongxin``: one file a command."""

import typer

from gateway.cli import (
    audit,
    client,
    client_changes,
    client_partners,
    doctor,
    events,
    factor,
    grant,
    keys,
    person,
    plan,
    reseal,
    sandbox,
    schema,
    serve,
    token,
)

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Tongxin Gateway.")
app.command("serve")(serve.serve)
app.command("sandbox")(sandbox.sandbox)
app.command("token")(token.token)
app.command("doctor")(doctor.doctor)
app.command("plan")(plan.plan)
app.command("reseal")(reseal.reseal)
app.add_typer(schema.app, name="schema")
client.app.command("update")(client_changes.update)
client.app.command("invite")(client_partners.invite)
client.app.command("invitations")(client_partners.invitations)
client.app.command("deliveries")(client_partners.deliveries)
app.add_typer(client.app, name="client")
app.add_typer(keys.app, name="keys")
app.add_typer(grant.app, name="grant")
app.add_typer(factor.app, name="factor")
app.add_typer(audit.app, name="audit")
app.add_typer(person.app, name="person")
app.add_typer(events.app, name="events")
