"""What the sandbox's data-sharing gateway knows: residents, companies, elder-care subsidies. All invented.

A person is asked for by ``idDigest``, the lower-hex HMAC-SHA256 of the ID number under the application's secret: no ID
number travels in an address.
"""

import hmac
from collections.abc import Callable, Mapping
from typing import Any

from connectors.sandbox.world import PersonSeed
from connectors.zheliban.sandbox.components import Scene

Sent = Mapping[str, str]
_KINDS = ("养老服务补贴", "高龄津贴", "护理补贴")
_MONTHS = 6

AS_TEXT = frozenset({"elderCareSubsidies"})
"""Interfaces whose ``datas`` are a JSON string, to be read again (wire-formats B7, E3)."""


class MissingParameterError(Exception):
    """A business parameter is missing or empty."""


def id_digest(app_secret: str, id_number: str) -> str:
    """The digest by which the sandbox's interfaces know a person."""
    return hmac.digest(app_secret.encode(), id_number.encode(), "sha256").hex()


class SharedData:
    """Interfaces by id, each ``parameters -> rows``; raises ``MissingParameterError``."""

    def __init__(self, scene: Scene) -> None:
        secret = scene.settings.datashare.app_secret.get_secret_value()
        self._world = scene.world
        self._people = {id_digest(secret, person.id_number): person for person in scene.world.persons}
        self._companies = {account.company.credit_code: account.company for account in scene.companies.values()}
        self.interfaces: Mapping[str, Callable[[Sent], list[dict[str, Any]]]] = {
            "residentBasic": self._resident,
            "companyByCreditCode": self._company,
            "elderCareSubsidies": self._subsidies,
        }

    def _resident(self, sent: Sent) -> list[dict[str, Any]]:
        person = self._people.get(_required(sent, "idDigest"))
        if person is None:
            return []
        return [{"XM": person.name, "XB": person.gender, "MZ": "01", "HJDQ": "331000", "SFZX": "0"}]

    def _company(self, sent: Sent) -> list[dict[str, Any]]:
        company = self._companies.get(_required(sent, "creditCode"))
        if company is None:
            return []
        known = {"QYMC": company.name, "TYSHXYDM": company.credit_code, "FDDBR": company.representative.name}
        return [known | {"ZS": company.address, "JYFW": company.trade, "JYZT": "存续"}]

    def _subsidies(self, sent: Sent) -> list[dict[str, Any]]:
        person = self._people.get(_required(sent, "idDigest"))
        return self._paid(person) if person is not None else []

    def _paid(self, person: PersonSeed) -> list[dict[str, Any]]:
        """One subsidy in each of the last months, the latest first; some people have none."""
        random = self._world.random(f"zheliban:subsidies:{person.id}")
        if random.random() < 0.5:  # noqa: PLR2004 - half of them
            return []
        kind, amount, today = random.choice(_KINDS), random.randrange(100, 800, 10), self._world.today
        last = today.year * 12 + today.month - 1
        months = [f"{at // 12}{at % 12 + 1:02d}" for at in range(last, last - _MONTHS, -1)]
        return [{"BTLX": kind, "FFNY": month, "JE": amount} for month in months]


def _required(sent: Sent, name: str) -> str:
    value = sent.get(name, "")
    if not value:
        raise MissingParameterError(name)
    return value
