"""Somebody who may register."""

from dataclasses import replace

import pytest

from tests.auth.conftest import Office
from tests.auth.registration.desk import Desk


@pytest.fixture
async def desk(office: Office) -> Desk:
    """Somebody was invited."""
    made = Desk(office, "")
    return replace(made, invitation=await made.invite())
