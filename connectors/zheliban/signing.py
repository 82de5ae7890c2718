"""How a call proves itself beside IRS (``connectors/irs_signing.py``): the classic sign-on, companies, data sharing.

Pure, pinned by the vectors of wire-formats.
"""

import hashlib
import hmac
import re
from datetime import datetime, timedelta, timezone

ESSO_PROJECT_HEADER = "x-esso-project-id"
ESSO_SIGNATURE_HEADER = "x-esso-signature"
_BEIJING = timezone(timedelta(hours=8))
_BEIJING_TIME = re.compile("[0-9]{14}")


def simple_sign(servicecode: str, servicepwd: str, time: str) -> str:
    """Sign a classic call; ``time`` is ``yyyyMMddHHmmss`` in Beijing (wire-formats B2; B4 with AK and SK)."""
    return hashlib.md5(f"{servicecode}{servicepwd}{time}".encode(), usedforsecurity=False).hexdigest()


def beijing_time(moment: float) -> str:
    """Write a moment, in seconds since 1970, as the classic sign-on wants it: ``yyyyMMddHHmmss`` in Beijing."""
    return datetime.fromtimestamp(moment, _BEIJING).strftime("%Y%m%d%H%M%S")


def moment_of_beijing(text: str) -> float | None:
    """Read such a time; None when it is none."""
    if not _BEIJING_TIME.fullmatch(text):
        return None
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=_BEIJING).timestamp()
    except ValueError:
        return None


def esso_signature(project_secret: str, body: bytes) -> str:
    """Lower-case hex of HMAC-SHA256 over the exact bytes that are sent (wire-formats B6)."""
    return hmac.digest(project_secret.encode(), body, "sha256").hex()


def share_sign(app_key: str, secret: str, request_time: str) -> str:
    """Sign a call to the data-sharing gateway; ``request_time`` is epoch milliseconds (wire-formats B7)."""
    return hashlib.md5(f"{app_key}{secret}{request_time}".encode(), usedforsecurity=False).hexdigest()


def share_proof(app_key: str, secret: str, moment: float) -> dict[str, str]:
    """The three parameters that prove a call to the data-sharing gateway; ``moment`` in seconds since 1970."""
    time = str(int(moment * 1000))
    return {"appKey": app_key, "requestTime": time, "sign": share_sign(app_key, secret, time)}
