"""Answers and codes of the classic sign-on (wire-formats B2, F9)."""

import json
from typing import Any

import pytest

from connectors.errors import (
    NotAllowedError,
    PlatformError,
    RefusedSignatureError,
    RejectedInputError,
    SignInNeededError,
    SlowDownError,
    UnexpectedAnswerError,
)
from connectors.transport import Answer
from connectors.zheliban.classic_answers import fields_from

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def answer(body: Any, status: int = 200) -> Answer:
    """An answer with that body: JSON, unless it is a text."""
    raw = body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()
    return Answer("zheliban", "simple.getUserInfo", status, {}, raw)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("6001", SignInNeededError),
        ("6002", SignInNeededError),
        ("6003", SignInNeededError),
        ("6004", SignInNeededError),
        ("6099", UnexpectedAnswerError),
        ("6501", SignInNeededError),
        ("6502", SignInNeededError),
        ("6503", UnexpectedAnswerError),
        ("6504", SignInNeededError),
        ("6505", SignInNeededError),
        ("6599", UnexpectedAnswerError),
        ("6401", RejectedInputError),
        ("6499", RejectedInputError),
        ("6301", RejectedInputError),
        ("6399", RejectedInputError),
        ("9900", RefusedSignatureError),
        ("9901", RefusedSignatureError),
        ("9902", RefusedSignatureError),
        ("9903", RefusedSignatureError),
        ("9904", RefusedSignatureError),
        ("9800", UnexpectedAnswerError),
        ("9999", UnexpectedAnswerError),
        ("no code but 委员's name", UnexpectedAnswerError),
    ],
)
@pytest.mark.parametrize("form", ["text", "number", "xml"])
def test_every_published_code_has_its_error(code: str, error: type[PlatformError], form: str) -> None:
    """B2: result as text, as number and in XML; no words of the platform go on."""
    bodies: dict[str, Any] = {
        "text": {"result": code, "errmsg": "secret words"},
        "number": {"result": int(code) if code.isdigit() else code, "errmsg": "secret words"},
        "xml": f"{HEAD}<root><result>{code}</result><errmsg>secret words</errmsg></root>",
    }

    with pytest.raises(error) as caught:
        fields_from(answer(bodies[form]))

    assert type(caught.value) is error
    assert caught.value.upstream_code == (code if code.isdigit() else None)
    assert not any(words in str(caught.value) for words in ("secret", "委员"))


@pytest.mark.parametrize(
    "body",
    [
        {"result": "0", "userid": "u1", "email": "", "username": "测试甲 & <乙>"},
        {"result": 0, "userid": "u1", "email": None, "username": "测试甲 & <乙>"},
        f"{HEAD}<root><result>0</result><userid>u1</userid><email></email><username>测试甲 &amp; &lt;乙&gt;</username></root>",
        (
            f"\n{HEAD}\n<!-- flat --><r>\n<result>0</result><userid>u1</userid><email/>"
            "<username><![CDATA[测试甲 & <乙>]]></username></r>"
        ),
        "\ufeff<root><result>0</result><userid>u1</userid><username>测试甲 &#38; &lt;乙&gt;</username></root>",
        (
            '<?xml version="1.0" encoding="GBK"?><root><result>0</result><userid>u1</userid>'
            "<username>测试甲 &amp; &lt;乙&gt;</username></root>"
        ),
    ],
    ids=["JSON", "JSON with numbers", "XML", "XML with comment and CDATA", "XML with a mark", "XML that claims GBK"],
)
def test_either_form_is_read(body: Any) -> None:
    """B2, F9: XML by default, JSON when asked for; whichever comes is read."""
    fields = fields_from(answer(body))

    assert fields.required("userid") == "u1"
    assert (fields.text("username"), fields.text("email"), fields.text("phone")) == ("测试甲 & <乙>", None, None)
    assert "测试甲" not in repr(fields)


ENTITIES = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "body",
    [
        f"{HEAD}{ENTITIES}<r><result>0</result><userid>&b;</userid></r>",
        f'{HEAD}<!DOCTYPE r SYSTEM "file:///etc/passwd"><r><result>0</result></r>',
        f'{HEAD}<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r><result>0</result><userid>&x;</userid></r>',
        f"{HEAD}{ENTITIES}<r><result>0</result></r>".encode("utf-16"),
        b"<" + f"{HEAD}{ENTITIES}<r/>".encode("utf-16-le")[2:],
        f"{HEAD}<r><result>0</result><userid>&unknown;</userid></r>",
        "<r><result>0</result>",
        "<",
        "<" + "a" * 300_000 + "/>",
        b"<r>\xff</r>",
        "<r>\x00</r>",
        "<r/>",
        "",
        "[]",
        "null",
        "{",
        b"\x00\xff<<not what you asked for",
        "[" * 100_000,
    ],
    ids=lambda body: repr(body[:40]),
)
def test_what_is_no_such_answer_is_unexpected(body: Any) -> None:
    """No document type is ever read, so that no entity is expanded and no file opened; nothing raises of its own."""
    with pytest.raises(UnexpectedAnswerError):
        fields_from(answer(body))


def test_an_element_within_a_field_costs_the_field() -> None:
    """F9: the XML is flat; what is not, is no text."""
    fields = fields_from(answer("<r><result>0</result><userid>u1</userid><mobile><x>1</x></mobile></r>"))

    assert (fields.text("mobile"), fields.text("userid")) == (None, "u1")


def test_deep_xml_is_read_or_refused_but_ends() -> None:
    """A tower of elements is bounded by its size."""
    assert fields_from(answer("<r><result>0</result>" + "<a>" * 20_000 + "</a>" * 20_000 + "</r>")).text("a") is None


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (401, {"message": "Invalid signature"}, RefusedSignatureError),
        (401, {"message": "The route_id is forbidden."}, NotAllowedError),
        (429, b"", SlowDownError),
        (404, b"<html>", UnexpectedAnswerError),
        (302, b"", UnexpectedAnswerError),
    ],
)
def test_http_statuses_mean_what_they_mean_elsewhere(status: int, body: Any, error: type[PlatformError]) -> None:
    """B3, B4: through IRS a refusal is a bare object."""
    with pytest.raises(error):
        fields_from(answer(body, status))
