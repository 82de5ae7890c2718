"""Lets ``python -m gateway.cli`` be the command."""

from gateway.cli import app

app()
