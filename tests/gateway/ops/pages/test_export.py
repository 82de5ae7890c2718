"""The timeline, to be taken away."""

import csv
import json

from tests.gateway.ops.pages.invented import Invented, picture_named


async def test_json_is_an_incident_a_line() -> None:
    """As the page is filtered; not to be kept by a cache, and named as a file."""
    async with Invented(picture_named("hanging")).browser() as browser:
        every = await browser.get("/ops/incidents.json")
        some = await browser.get("/ops/incidents.json?state=open")

    assert [json.loads(line)["id"] for line in every.text.splitlines()] == ["i-0314", "i-0311"]
    assert [json.loads(line)["id"] for line in some.text.splitlines()] == ["i-0314"]
    assert every.headers["cache-control"] == "no-store"
    assert every.headers["content-disposition"] == 'attachment; filename="incidents.json"'


async def test_csv_is_a_row_a_line_of_the_timeline() -> None:
    """With the names of its columns, in a form that spreadsheets read as UTF-8."""
    async with Invented(picture_named("hanging")).browser() as browser:
        answer = await browser.get("/ops/incidents.csv")

    rows = list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines()))
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert len(rows) == 4 + 3
    assert (rows[5]["incident"], rows[5]["what"], rows[5]["by"]) == ("i-0311", "act", "陈运维")


async def test_only_operators_take_it_and_only_so() -> None:
    """Others sign in first; another form is not there."""
    async with Invented(lacks="OPERATOR_SIGN_IN_NEEDED").browser() as browser:
        stranger = await browser.get("/ops/incidents.csv")
    async with Invented().browser() as browser:
        other = await browser.get("/ops/incidents.xml")

    assert (stranger.status_code, other.status_code) == (303, 404)
