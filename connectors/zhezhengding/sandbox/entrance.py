"""How the application and its people come in: tokens, login codes, the bridge's ticket (wire-formats A4; F 3 and 5)."""

from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from connectors.sandbox.app import Operation
from connectors.sandbox.world import Account, PersonSeed, World, opaque
from connectors.zhezhengding.sandbox.codes import CodeBook
from connectors.zhezhengding.sandbox.envelopes import FailedError, Refusal, refused, succeeded
from connectors.zhezhengding.sandbox.gate import Call, Gate
from connectors.zhezhengding.sandbox.people import accounts_by_person
from connectors.zhezhengding.sandbox.tokens import TokenBook
from connectors.zhezhengding.sandbox.verifying import WRONG_SECRET
from connectors.zhezhengding.settings import ZhezhengdingSettings

TOKEN_ENDED = "240133"  # noqa: S105 - a code
BRIDGE_TOKEN_ENDED = "250027"  # noqa: S105 - a code
CODE_USED = "240111"


class Entrance:
    """Holds tokens and codes; lives as long as the sandbox. Codes of the bridge and of the QR page are two kinds."""

    def __init__(self, settings: ZhezhengdingSettings, world: World, clock: Callable[[], float]) -> None:
        self._settings = settings
        self._world = world
        self._people = accounts_by_person(world)
        self._tokens = TokenBook(settings.sandbox.token_seconds)
        self._in_app = CodeBook(clock)
        self.scanned = CodeBook(clock)

    def operations(self, gate: Gate) -> list[Operation]:
        """What it answers."""
        return [
            gate.signed("/gettoken.json", {"GET": self.gettoken_by_get, "POST": self.gettoken_by_post}),
            gate.post("/rpc/oauth2/dingtalk_app_user.json", self.app_user),
            gate.post("/rpc/oauth2/getuserinfo_bycode.json", self.scanned_user),
            gate.post("/get_jsapi_token.json", self.bridge_ticket),
        ]

    def holds_token(self, call: Call) -> bool:
        """Whether the call's ``access_token`` is the application's and has not ended."""
        return self._tokens.holds(call.get("access_token"), self._settings.appkey, call)

    def issue_code(self, person_id: str, form: str | None) -> str | None:
        """Give out a code as the bridge or the QR page would; None for somebody without an account on the work app."""
        if form not in (None, "app", "qr"):
            raise ValueError("form: app or qr")
        if person_id not in self._people:
            return None
        return (self.scanned if form == "qr" else self._in_app).issue(person_id)

    def gettoken_by_get(self, call: Call) -> Response:
        """The token; ``expiresIn`` is a number here."""
        return self._answer_token(call, self._settings.sandbox.token_seconds)

    def gettoken_by_post(self, call: Call) -> Response:
        """The token; ``expiresIn`` is a string here: the platform answers both."""
        return self._answer_token(call, str(self._settings.sandbox.token_seconds))

    def _answer_token(self, call: Call, expires_in: int | str) -> Response:
        """The headers prove the caller; parameters need not be sent, but must be right when they are."""
        pair, qr = self._settings, self._settings.qr
        secret = (qr if call.appkey == qr.appkey and qr.appkey != pair.appkey else pair).appsecret.get_secret_value()
        if call.get("appkey", call.appkey) != call.appkey or call.get("appsecret", secret) != secret:
            return refused(Refusal(WRONG_SECRET, "InvalidAppSecret"), self._settings.sandbox.refusal_status)
        return succeeded({"expiresIn": expires_in, "accessToken": self._tokens.issue(call.appkey, call.now)})

    def app_user(self, call: Call) -> Response:
        """Who came from inside the app."""
        person, account = self._person(call, self._settings.appkey, self._in_app, "auth_code")
        row = self._account_row(person, account, self._settings.appkey.partition("-")[0])
        openid = opaque("openid", account.account_id, self._world.seed)
        return succeeded(row | {"openid": openid, "referId": ""})

    def scanned_user(self, call: Call) -> Response:
        """Who scanned the QR code; the token must be of the QR login's own key pair."""
        person, account = self._person(call, self._settings.qr.appkey, self.scanned, "code")
        return succeeded(self._account_row(person, account, self._settings.qr.client_id))

    def bridge_ticket(self, call: Call) -> Response:
        """The ticket of the in-app bridge; the token's parameter has two names (A4.6)."""
        token = call.get("accessToken") or call.get("access_token")
        if not self._tokens.holds(token, self._settings.appkey, call):
            raise FailedError(BRIDGE_TOKEN_ENDED, "accessToken not correct")
        return succeeded(self._tokens.ticket(call.now))

    def _person(self, call: Call, appkey: str, codes: CodeBook, name: str) -> tuple[PersonSeed, Account]:
        """The token is looked at first: a code refused for the token's sake stays good."""
        if not self._tokens.holds(call.get("access_token"), appkey, call):
            raise FailedError(TOKEN_ENDED, "accessToken invalid or expired")
        person_id = codes.used(call.get(name))
        if person_id is None:
            raise FailedError(CODE_USED, "code失效或不存在")
        return self._people[person_id]

    def _account_row(self, person: PersonSeed, account: Account, client_id: str) -> dict[str, Any]:
        tenant = self._settings.tenant_id
        employee = {"employeeCode": account.employee_code} if account.employee_code else {}  # administrators have none
        return {
            "accountId": account.account_id,
            "account": f"demo-{account.account_id}",  # as the address book has it
            "lastName": person.name,
            "nickNameCn": person.name,
            **employee,
            "realmId": tenant,
            "realmName": "演示租户",
            "tenantId": tenant,
            "tenantName": "演示租户",
            "tenantUserId": f"{tenant}${account.account_id}",
            "clientId": client_id,
            "namespace": "local",
            "avatar": f"$avatar{account.account_id}",
        }
