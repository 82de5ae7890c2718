"""The pages that are measured at the size of a province."""

from benchmarks.cases import OPERATIONS
from benchmarks.province import WITHIN_MS, Round, row
from benchmarks.province_pages import Page, pages
from connectors.sandbox.building import build_world

PAGES = pages(build_world())


def test_every_query_is_measured() -> None:
    """Each file that holds a query, with the calls of its header; each page has a name of its own."""
    queries = {path.stem[:2] for path in OPERATIONS.glob("*.graphql") if "\nquery " in path.read_text()}

    assert {page.case.name[:2] for page in PAGES} == queries
    assert len({page.case.name for page in PAGES}) == len(PAGES)
    assert {page.case.name[:2]: page.most_calls for page in PAGES}["16"] == 9


def test_the_least_of_the_rounds_is_told() -> None:
    """But the most of the calls; what is late is marked."""
    rounds = [
        Round(p50=3, p95=WITHIN_MS + 1, gateway=2, sandbox=0, calls=1, size=2048),
        Round(p50=4, p95=WITHIN_MS + 9, gateway=1, sandbox=1, calls=2, size=2048),
    ]

    told = row(Page(PAGES[0].case, 4), warm=rounds, cold=rounds)

    name = PAGES[0].case.name
    assert told == f"| {name} **late** | 2.0 | 3.0 | {WITHIN_MS + 1:.1f} | 1.0 | 0.0 | 2 (4) | 3.0 | 1.0 | 0.0 |"
