"""Commands that need the store say so in one line when it is not there."""

import pytest
import typer

from gateway.cli.store import with_authority


def test_a_database_that_is_away_is_one_line(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The setting is named, its password is not shown."""
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    monkeypatch.setenv("TONGXIN_AUTH__DATABASE_URL", "postgresql+asyncpg://somebody:hunter2@127.0.0.1:9/tongxin")

    with pytest.raises(typer.Exit) as ended:
        with_authority(lambda authority: authority.clients.list())

    assert ended.value.exit_code == 1
    said = capsys.readouterr().err
    assert "auth.database_url" in said
    assert "hunter2" not in said
    assert said.count("\n") == 1
