"""What callers were promised is kept, or the changelog says what breaks: against the schema as origin has it."""

import shutil
import subprocess
from pathlib import Path

from typer.testing import CliRunner

from gateway.cli import app

ROOT = Path(__file__).parents[2]


def promised() -> str | None:
    """The schema of origin's main; None where there is no git, no origin, or none of this project."""
    git = shutil.which("git")
    if git is None:
        return None
    asked = [git, "-C", str(ROOT), "show", "origin/main:./schema/schema.graphql"]
    shown = subprocess.run(asked, capture_output=True, encoding="utf-8", check=False)
    return shown.stdout if shown.returncode == 0 else None


PROMISED = promised()

if PROMISED is not None:  # a checkout of an archive, or without a remote, has nothing to compare with

    def test_what_was_promised_is_kept_or_told() -> None:
        """A breaking change is named in the changelog, and breaks no operation of the tests."""
        told = CliRunner().invoke(app, ["schema", "check", "--against", "-"], input=PROMISED)

        assert told.exit_code == 0, told.output
