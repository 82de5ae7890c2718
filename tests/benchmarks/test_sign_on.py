import pytest

from benchmarks.sign_on import main


async def test_every_figure_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    """A few runs of each: that they work, not how long they take."""
    await main(4)

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 10
    assert all(" us " in line for line in lines)
    assert sum("reach" in line for line in lines) == 4
