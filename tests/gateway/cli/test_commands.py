"""The command as a whole."""

import subprocess
import sys

from typer.testing import CliRunner

from gateway.cli import app

_NOT_FOR_TOKEN = ("sqlalchemy", "graphql", "redis", "connectors.zheliban.sandbox", "connectors.duty.sandbox")
_NOT_FOR_SERVE = (
    *("alembic", "sqlalchemy.dialects.postgresql", "segno", "redis", "connectors.duty.sandbox"),
    *("rich", "pygments", "httpx._main", "nh3", "PIL"),
)


def test_a_command_reads_no_more_than_it_needs() -> None:
    """``tongxin token`` asks others: it does without database, graph and sandbox, which take seconds to import."""
    script = (
        "import sys; from typer.testing import CliRunner; from gateway.cli import app; "
        "assert CliRunner().invoke(app, ['token', '--person', 'x', '--as', 'nobody']).exit_code == 2; "
        "print([name for name in sys.argv[1:] if name in sys.modules], 'gateway.cli.token' in sys.modules)"
    )

    told = subprocess.run(
        [sys.executable, "-c", script, *_NOT_FOR_TOKEN], capture_output=True, text=True, check=True, timeout=60
    )

    assert told.stdout.strip() == "[] True"


def test_serving_reads_no_more_than_it_needs() -> None:
    """What only an older database, PostgreSQL, a sandbox or a terminal needs would make each start longer."""
    script = (
        "import sys; from gateway import cli; cli._read('serve'); "
        "print([name for name in sys.argv[1:] if name in sys.modules], 'gateway.cli.serve' in sys.modules)"
    )

    told = subprocess.run(
        [sys.executable, "-c", script, *_NOT_FOR_SERVE], capture_output=True, text=True, check=True, timeout=60
    )

    assert told.stdout.strip() == "[] True"


def test_help_shows_every_command() -> None:
    """With what each is for."""
    told = CliRunner().invoke(app, ["--help"]).output

    for words in ("serve", "Serve until Ctrl-C.", "client", "audit", "reseal"):
        assert words in told


def test_a_mistyped_command_is_told_what_is_like_it() -> None:
    """Although nothing had been read yet."""
    told = CliRunner().invoke(app, ["tokn"])

    assert told.exit_code == 2
    assert "token" in told.output.replace("tokn", "")


def test_a_command_of_several_files_is_whole() -> None:
    """``client`` is put together from three."""
    told = CliRunner().invoke(app, ["client", "--help"]).output

    for command in ("create", "update", "invite", "deliveries"):
        assert command in told
