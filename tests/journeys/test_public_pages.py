"""Operations 01 and 23, which anyone may run, and what ``node`` finds."""

from schema.identifiers import global_id
from tests.stack import Gateway, OpenGateway, Sandbox, operation, span


async def test_studio_directory_is_whole_and_in_budget(sandbox: Sandbox, gateway: Gateway) -> None:
    """Anyone lists studios by category and place, in order, in at most four calls; warm in none."""
    text = operation("01")

    body = await gateway.query(text, {"first": 5, "regionCode": "331000"})
    calls = sandbox.calls()
    again = await gateway.query(text, {"first": 5, "regionCode": "331000"})

    assert "errors" not in body
    studios = body["data"]["studios"]
    followers = [edge["node"]["statistics"]["followers"] for edge in studios["edges"]]
    assert studios["totalCount"] == len(sandbox.world.studios)
    assert studios["pageInfo"]["hasNextPage"] is True
    assert followers == sorted(followers, reverse=True)
    assert all(edge["node"]["convener"]["sector"]["name"] for edge in studios["edges"])
    assert sum(calls.values()) <= 4, calls
    assert again == body
    assert sandbox.calls() == calls


async def test_pages_follow_one_another_without_gap(sandbox: Sandbox, gateway: Gateway) -> None:
    """Walking by ``endCursor`` meets every studio once."""
    text, seen, after = operation("01"), [], None

    while True:
        body = await gateway.query(text, {"first": 7, "after": after})
        studios = body["data"]["studios"]
        seen += [edge["node"]["id"] for edge in studios["edges"]]
        after = studios["pageInfo"]["endCursor"]
        if not studios["pageInfo"]["hasNextPage"]:
            break

    assert sorted(seen) == sorted(global_id("Studio", studio.key) for studio in sandbox.world.studios)


async def test_category_and_place_choose(sandbox: Sandbox, gateway: Gateway) -> None:
    """The filter holds for every row."""
    body = await gateway.query(operation("01"), {"first": 50, "category": "LAW", "regionCode": "331002"})

    rows = [edge["node"] for edge in body["data"]["studios"]["edges"]]
    wanted = [s for s in sandbox.world.studios if s.category.value == "LAW" and s.committee.region_code == "331002"]
    assert {row["name"] for row in rows} == {studio.name for studio in wanted}


async def test_directory_answers_while_the_duty_platform_is_down(open_gateway: OpenGateway) -> None:
    """Names, places and statistics come with the directory; only the conveners are missing."""
    async with open_gateway(duty={"base_url": "http://127.0.0.1:9"}) as gateway:
        body = await gateway.query(operation("01"), {"first": 3})

    rows = [edge["node"] for edge in body["data"]["studios"]["edges"]]
    assert all(row["name"] and row["statistics"] and row["region"] for row in rows)
    assert [row["convener"] for row in rows] == [None, None, None]
    assert {error["extensions"]["platform"] for error in body["errors"]} == {"duty"}


async def test_duty_calendar_is_whole_and_in_budget(sandbox: Sandbox, gateway: Gateway) -> None:
    """Anyone sees who is on duty in a place and what lies in it, in at most three calls; warm in none."""
    text, wanted = operation("23"), {"regionCode": "331000"} | span(sandbox.world)

    body = await gateway.query(text, wanted)
    calls = sandbox.calls()
    again = await gateway.query(text, wanted)

    assert "errors" not in body
    shifts = body["data"]["dutyShifts"]
    assert len(shifts) >= len(sandbox.world.studios)
    assert all(shift["member"]["sector"]["name"] and shift["studio"]["category"] for shift in shifts)
    assert all(shift["questionCount"] is None or shift["questionCount"] >= 5 for shift in shifts)
    assert [s["startsAt"] for s in shifts] == sorted(s["startsAt"] for s in shifts)
    assert sum(calls.values()) <= 3, calls
    assert again == body
    assert sandbox.calls() == calls


async def test_too_wide_a_range_is_refused(sandbox: Sandbox, gateway: Gateway) -> None:
    """More than 31 days of shifts is an error that says how many are allowed, in the caller's language."""
    text, wanted = operation("23"), {"regionCode": "331000"} | span(sandbox.world, days=40)

    english = await gateway.query(text, wanted)
    chinese = await gateway.query(text, wanted, **{"Accept-Language": "zh-CN"})

    assert english["data"] == {"dutyShifts": None}
    assert english["errors"][0]["extensions"]["code"] == "RANGE_TOO_WIDE"
    assert "31" in english["errors"][0]["message"]
    assert "31" in chinese["errors"][0]["message"]
    assert chinese["errors"][0]["message"] != english["errors"][0]["message"]
    assert sandbox.calls() == {}


async def test_node_finds_every_type_by_its_id(sandbox: Sandbox, gateway: Gateway) -> None:
    """Whatever has an id is found again by it, many at once, each in its place."""
    text = """{ studios(first: 1) { nodes { id convener { id official { id } } organization { id }
        questions(filter: {answered: true}, first: 1) { nodes { id replies { id } } } } } }"""
    studio = (await gateway.query(text))["data"]["studios"]["nodes"][0]
    question = studio["questions"]["nodes"][0]
    shift = (await gateway.query(operation("23"), {"regionCode": "331000"} | span(sandbox.world)))["data"]
    member = next(m for m in sandbox.world.members if m.person.work)
    ids = [
        studio["id"],
        studio["convener"]["id"],
        studio["organization"]["id"],
        global_id("Official", member.person.work.employee_code if member.person.work else ""),
        question["id"],
        question["replies"][0]["id"],
        shift["dutyShifts"][0]["id"],
    ]

    body = await gateway.query("query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", {"ids": ids})

    types = ["Studio", "Member", "Organization", "Official", "Question", "Reply", "DutyShift"]
    assert body == {"data": {"nodes": [{"__typename": t, "id": i} for t, i in zip(types, ids, strict=True)]}}


async def test_an_id_nobody_made_fails_its_own_place(sandbox: Sandbox, gateway: Gateway) -> None:
    """Among good ids a broken one is null with its error; one of a studio that is not there is null without."""
    good, gone = global_id("Studio", sandbox.world.studios[0].key), global_id("Studio", "S000")

    body = await gateway.query("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": [good, "nonsense", gone]})

    assert body["data"]["nodes"] == [{"id": good}, None, None]
    (error,) = body["errors"]
    assert error["path"] == ["nodes", 1]
    assert error["extensions"]["code"] == "BAD_ID"


async def test_portrait_is_read_through_the_gateway(gateway: Gateway) -> None:
    """The picture's address is the gateway's own, and answers a picture to anyone."""
    text = "{ studios(first: 20) { nodes { members(first: 20) { nodes { portraitUrl } } } } }"
    body = await gateway.query(text)
    urls = [m["portraitUrl"] for s in body["data"]["studios"]["nodes"] for m in s["members"]["nodes"]]
    url = next(url for url in urls if url)

    picture = await gateway.client.get(url)
    missing = await gateway.client.get("/files/nonsense")

    assert url.startswith(gateway.settings.public_url + "/files/")
    assert picture.headers["content-type"].startswith("image/")
    assert picture.headers["x-content-type-options"] == "nosniff"
    assert missing.status_code == 404
