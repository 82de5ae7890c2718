"""What observing costs is measured on the gateway's own parts."""

from benchmarks.observed import Work
from benchmarks.observing import REACH, Costs, costs
from tests.collecting import collecting


async def test_a_recorded_trace_is_sent_whole() -> None:
    """What is measured arrives: the request, its plan, its run, its reads and calls, for each that was made."""
    with collecting() as collector:
        measured = await costs(Work("nothing is kept", 1.0, reads=3, calls=2), collector.address, 20)

    assert len(collector.named("POST /graphql")) == 21
    assert len(collector.spans) == 21 * (3 + 3 + 2)
    assert measured.sampled > measured.unsampled


def test_the_table_says_what_is_above() -> None:
    """A share beyond what is to be reached is marked."""
    measured = Costs(metrics=1e-5, unsampled=1e-6, sampled=1e-4, share=0.02)

    assert "ABOVE" in measured.table(Work("nothing is kept", 1e-5 / REACH / 2, 3, 2))
    assert "ABOVE" not in measured.table(Work("nothing is kept", 1.0, 3, 2))
