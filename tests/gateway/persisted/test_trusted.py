"""Trusted documents of a folder."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from gateway.persisted.manifest import hash_of
from gateway.persisted.trusted import TrustedDocuments

ONE, TWO = "{ one }", "{ two }"


class Clock:
    """A clock that is set."""

    now = 0.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """At the beginning."""
    return Clock()


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, Mapping[str, str]], None]:
    """Put a manifest into the folder."""

    def put(name: str, documents: Mapping[str, str]) -> None:
        (tmp_path / f"{name}.json").write_text(json.dumps(documents))

    return put


Write = Callable[[str, Mapping[str, str]], None]


def test_they_are_found_by_id_and_by_hash(tmp_path: Path, write: Write) -> None:
    """With the draft's prefix or without; the same text may have two ids."""
    write("app", {"a": ONE, "b": ONE})
    write("web", {"c": TWO})

    trusted = TrustedDocuments(tmp_path)

    assert [trusted.text_of(name) for name in ("a", "b", "c", "d")] == [ONE, ONE, TWO, None]
    assert trusted.text_of(hash_of(TWO)) == trusted.text_of(f"sha256:{hash_of(TWO)}") == TWO
    assert trusted.holds(ONE)
    assert not trusted.holds("{ one  }")
    assert len(trusted) == 2


def test_a_folder_that_is_not_there_has_none(tmp_path: Path) -> None:
    """Until somebody makes it."""
    trusted = TrustedDocuments(tmp_path / "none")

    assert len(trusted) == 0
    assert trusted.text_of("a") is None


def test_a_changed_folder_is_read_anew(tmp_path: Path, write: Write, clock: Clock) -> None:
    """A second late at most; what was dropped is trusted no longer."""
    write("app", {"a": ONE})
    trusted = TrustedDocuments(tmp_path, clock)
    assert trusted.holds(ONE)

    write("web", {"c": TWO})
    (tmp_path / "app.json").unlink()
    assert trusted.text_of("c") is None
    clock.now = 1.0

    assert trusted.text_of("c") == TWO
    assert not trusted.holds(ONE)


def test_what_cannot_be_read_costs_only_itself(
    tmp_path: Path, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    """The other manifests stand, and the log names the one that does not."""
    write("app", {"a": ONE})
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "folder.json").mkdir()

    trusted = TrustedDocuments(tmp_path)

    assert trusted.text_of("a") == ONE
    told = capsys.readouterr()
    assert "broken.json" in told.out + told.err
    assert "folder.json" in told.out + told.err


def test_an_id_of_two_texts_is_none(tmp_path: Path, write: Write) -> None:
    """Whose page would get the other's data; the texts themselves stay trusted by the ids that are their own."""
    write("app", {"a": ONE, "own": ONE})
    write("web", {"a": TWO, "c": TWO})

    trusted = TrustedDocuments(tmp_path)

    assert trusted.text_of("a") is None
    assert (trusted.text_of("own"), trusted.text_of("c")) == (ONE, TWO)
