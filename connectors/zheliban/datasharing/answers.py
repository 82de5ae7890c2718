"""The data-sharing gateway's envelope, and its codes in our terms (wire-formats B7)."""

from typing import Any

import msgspec

from connectors.errors import (
    PlatformError,
    RefusedSignatureError,
    RejectedInputError,
    SlowDownError,
    UnexpectedAnswerError,
)
from connectors.lenient import NOT_THE_FORM
from connectors.records.shared_data import SharedData
from connectors.transport import Answer
from connectors.upstream_codes import is_code
from connectors.zheliban.envelope import refuse

_OK = "00"


class SecretEndedError(RefusedSignatureError):
    """The request secret is outside its validity: renewed by somebody else, or ended. A fresh one helps."""


_OF_CODE: dict[str, type[PlatformError]] = {
    "11": SecretEndedError,
    "14": RefusedSignatureError,
    "18": SlowDownError,
    "40": RejectedInputError,  # our sandbox's: a parameter is missing
    "44": RejectedInputError,  # our sandbox's: no such interface
}


class SharingPayload(msgspec.Struct, frozen=True):
    """What stands around every answer."""

    code: str | int
    datas: Any = None
    dataCount: Any = None  # noqa: N815 - upstream's spelling


def shared_from(answer: Answer) -> SharedData:
    """Take the envelope off; ``datas`` that are a JSON string are read again.

    Raises:
        SecretEndedError: code 11.
        RefusedSignatureError: code 14.
        SlowDownError: code 18, or HTTP 429.
        RejectedInputError: the interface or a parameter is none.
        UnexpectedAnswerError: any other code: it failed, or says what nobody knows; or it is no such answer.
    """
    refuse(answer)
    payload: SharingPayload = answer.decoded(SharingPayload)
    code = f"{payload.code:02d}" if isinstance(payload.code, int) else payload.code
    if code == _OK:
        count = payload.dataCount
        return SharedData(data=_read(answer, payload.datas), count=count if isinstance(count, int) else None)
    known = code if is_code(code) else None
    kind = _OF_CODE.get(code, UnexpectedAnswerError)
    raise kind(answer.platform, answer.operation, known or "no code", upstream_code=known)


def _read(answer: Answer, datas: Any) -> Any:
    if not isinstance(datas, str):
        return datas
    try:
        return msgspec.json.decode(datas) if datas.strip() else None
    except NOT_THE_FORM as error:
        raise UnexpectedAnswerError(answer.platform, answer.operation, "datas not of the form") from error
