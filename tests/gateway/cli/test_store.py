"""Commands that need the store say so in one line when it is not there."""

import pytest
import typer

from auth.resealing import reseal as seal_anew
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


def test_another_secret_than_the_stores_is_one_line(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says where the earlier one belongs, and nothing of what is stored."""
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    monkeypatch.setenv("TONGXIN_AUTH__SECRET", "invented-secret-of-the-tests-0123456789")
    with_authority(lambda authority: authority.keys.rotate())
    monkeypatch.setenv("TONGXIN_AUTH__SECRET", "another-secret-of-the-tests-0123456789")

    with pytest.raises(typer.Exit) as ended:
        with_authority(lambda authority: seal_anew(authority.database, authority.vault))

    assert ended.value.exit_code == 1
    said = capsys.readouterr().err
    assert said.startswith("tongxin: auth.secret")
    assert "auth.previous_secrets" in said
    assert said.count("\n") == 1
