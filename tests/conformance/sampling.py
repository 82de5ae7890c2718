"""How much of the table of faults a run asks: all of it in ``make verify``, every row and every fault in ``make test``."""

from collections.abc import Sequence

import pytest

APART = 6

whole_or_sample = pytest.mark.parametrize(
    "whole", [pytest.param(False, id="sample"), pytest.param(True, id="whole", marks=pytest.mark.verify)]
)
"""Gives a test ``whole``: once for ``make test``, and once more for ``make verify`` only."""


def asked_under(fault: int, rows: Sequence[str], *, whole: bool) -> list[str]:
    """Which rows are asked under the fault of that number: all, or every sixth, beginning at another with each fault.

    So each row meets every sixth fault, and each fault some rows, also where there are fewer rows than six.
    """
    apart = 1 if whole else min(APART, len(rows))
    return list(rows[fault % apart :: apart])
