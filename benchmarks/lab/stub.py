"""The lab's platforms as a small ASGI app: the same paths and kinds of rows, for tests and where the lab is not.

One app for all four, since no two of them share a path but ``/users``, which differ by their parameter.
"""

import json
import sys
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import uvicorn

STUDIOS, MEMBERS_EACH, QUESTIONS_EACH, CITIZENS, POSTS, USERS = 100, 5, 10, 300, 100, 10
Row = dict[str, Any]
Query = dict[str, list[str]]


def studio(key: int) -> Row:
    """A studio and its members' ids."""
    members = [(key - 1) * MEMBERS_EACH + each + 1 for each in range(MEMBERS_EACH)]
    return {"id": key, "name": f"Studio {key}", "city": "Taizhou", "memberIds": members, "active": True}


def member(key: int) -> Row:
    """A member."""
    named = {"code": f"E{key}", "name": f"Member {key}", "sector": "health", "region": "east", "phone": "+1000"}
    return {"id": key, "studioId": (key - 1) // MEMBERS_EACH + 1, "score": key % 97 + 0.5, **named}


def question(key: int) -> Row:
    """A question."""
    own = (key - 1) // QUESTIONS_EACH + 1
    told = {"title": f"Question {key}?", "body": "May one stop taking it?", "askerId": key * 13 % CITIZENS + 1}
    return {"id": key, "studioId": own, "answeredById": (own - 1) * MEMBERS_EACH + key % MEMBERS_EACH + 1, **told}


def citizen(key: int) -> Row:
    """A citizen."""
    return {"id": key, "name": f"Citizen {key}", "email": f"c{key}@example.org", "locale": "en"}


def employee(code: str) -> Row:
    """An employee."""
    return {"code": code, "orgName": f"Office of {code}", "title": "clerk", "grade": 3}


def post(key: int) -> Row:
    """A post."""
    return {"id": key, "userId": (key - 1) // 10 + 1, "title": f"Post {key}", "body": "Text"}


def user(key: int) -> Row:
    """Who writes posts."""
    return {"id": key, "name": f"User {key}", "username": f"u{key}", "email": f"u{key}@example.org", "phone": None}


class Stub:
    """The app; ``calls`` are the paths asked, in order. ``change`` may spoil an answer: path and rows to bytes."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.change: Callable[[str, list[Row]], bytes] = lambda _, rows: json.dumps(rows).encode()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve as ASGI."""
        if scope["type"] != "http":
            return
        body = (await receive()).get("body", b"")
        path = scope["path"]
        self.calls.append(path)
        out = self.change(path, _ROWS[path](parse_qs(scope["query_string"].decode()), body))
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(out)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": out})


def _numbers(query: Query, name: str) -> list[int]:
    return [int(each) for value in query.get(name, ()) for each in value.split(",")]


def _studios(query: Query, _: bytes) -> list[Row]:
    return [studio(key) for key in range(1, min(STUDIOS, _numbers(query, "size")[0]) + 1)]


def _members(query: Query, _: bytes) -> list[Row]:
    most = STUDIOS * MEMBERS_EACH
    asked = _numbers(query, "ids") or list(range(1, min(most, *(_numbers(query, "size") or [most])) + 1))
    return [member(key) for key in asked if key <= most]


def _questions(query: Query, _: bytes) -> list[Row]:
    first = min(_numbers(query, "limit")[0], QUESTIONS_EACH)
    owners = _numbers(query, "studioIds")
    return [question((own - 1) * QUESTIONS_EACH + each + 1) for own in owners for each in range(first)]


def _users(query: Query, _: bytes) -> list[Row]:
    ids = _numbers(query, "ids")
    return [citizen(key) for key in ids] or [user(key) for key in _numbers(query, "id") if key <= USERS]


_ROWS: dict[str, Callable[[Query, bytes], list[Row]]] = {
    "/posts": lambda *_: [post(key) for key in range(1, POSTS + 1)],
    "/users": _users,
    "/studios": _studios,
    "/members": _members,
    "/questions": _questions,
    "/employees/batch": lambda _, body: [employee(code) for code in json.loads(body)["codes"]],
}


if __name__ == "__main__":
    uvicorn.run(Stub(), port=int(sys.argv[1]), loop="uvloop", http="httptools", lifespan="off", log_level="warning")
