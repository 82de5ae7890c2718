"""``tongxin client``: its commands from three files, put together."""

from gateway.cli import client, client_changes, client_partners

app = client.app
app.command("update")(client_changes.update)
app.command("invite")(client_partners.invite)
app.command("invitations")(client_partners.invitations)
app.command("deliveries")(client_partners.deliveries)
