"""A request to 浙政钉 with what proves who sends it (wire-formats A2.2, A2.3). No I/O."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import httpx

from connectors.forms import form_encoded
from connectors.transport import Call
from connectors.zhezhengding.settings import ParamsIn, ZhezhengdingSettings
from connectors.zhezhengding.signing import Params, new_nonce, pairs_from, signature, string_to_sign, timestamp_text

_FORM = "application/x-www-form-urlencoded; charset=UTF-8"


@dataclass(frozen=True, slots=True)
class File:
    """What is uploaded as the part ``part``."""

    part: str
    name: str
    media_type: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Application:
    """A key pair. An application that lets people sign in by QR code has a second one for that alone."""

    appkey: str
    secret: str = field(repr=False)

    @classmethod
    def main(cls, settings: ZhezhengdingSettings) -> "Application":
        """The pair that everything but QR login goes by."""
        return cls(settings.appkey, settings.appsecret.get_secret_value())

    @classmethod
    def scanning(cls, settings: ZhezhengdingSettings) -> "Application":
        """The pair of QR login."""
        return cls(settings.qr.appkey, settings.qr.appsecret.get_secret_value())


class Signer:
    """Makes one application's requests as the settings say; ``nonce`` gives what no other request carries."""

    def __init__(
        self, settings: ZhezhengdingSettings, application: Application, nonce: Callable[[], str] = new_nonce
    ) -> None:
        self._nonce = nonce
        self._settings = settings
        self._application = application
        self._base = settings.base_url.rstrip("/")

    def request(self, method: str, path: str, params: Params, moment: datetime, *, idempotent: bool = False) -> Call:
        """Sign the raw parameters and send them encoded: by GET in the address, else as a form.

        The path is signed as documented, whatever ``base_url`` puts in front of it.
        """
        pairs = pairs_from(params)
        encoded = form_encoded(pairs)
        headers = self._headers(method, path, pairs, moment)
        if method == "GET":
            return Call(method, f"{self._base}{path}{'?' if encoded else ''}{encoded}", headers, None, idempotent)
        headers["Content-Type"] = _FORM
        return Call(method, self._base + path, headers, encoded.encode(), idempotent)

    def upload(self, path: str, params: Params, file: File, moment: datetime, params_in: ParamsIn) -> httpx.Request:
        """A request that brings a file, which is not signed; the text parameters are, each once (A2.1 rule 5, A2.3)."""
        pairs = pairs_from(params)
        query = "" if params_in == "parts" else form_encoded(pairs)
        parts = {} if params_in == "query" else dict(pairs)
        return httpx.Request(
            "POST",
            f"{self._base}{path}{'?' if query else ''}{query}",
            headers=self._headers("POST", path, pairs, moment),
            data=parts,
            files={file.part: (file.name, file.body, file.media_type)},
        )

    def _headers(self, method: str, path: str, pairs: Sequence[tuple[str, str]], moment: datetime) -> dict[str, str]:
        sign = self._settings.sign
        timestamp, nonce = timestamp_text(moment, sign.timestamp_format), self._nonce()
        text = string_to_sign(method, timestamp, nonce, path, pairs, order=sign.key_order)
        headers = {
            "apiKey": self._application.appkey,
            "X-Hmac-Auth-Timestamp": timestamp,
            "X-Hmac-Auth-Version": "1.0",
            "X-Hmac-Auth-Nonce": nonce,
            "X-Hmac-Auth-Signature": signature(text, self._application.secret, sign.algorithm),
        }
        if sign.algorithm != "sha256":
            headers["X-Hmac-Auth-Algorithm"] = sign.algorithm
        if sign.send_ip_mac:  # documented as required, in practice optional; what is not set is not sent
            headers |= {"X-Hmac-Auth-IP": sign.ip} if sign.ip else {}
            headers |= {"X-Hmac-Auth-MAC": sign.mac} if sign.mac else {}
        return headers
