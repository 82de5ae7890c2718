import logging
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from connectors.errors import UnreachableError
from tests.auth.conftest import SECRET, Office
from tests.auth.platforms import CHEN_CITIZEN, CHEN_WORK, ID_NUMBER, MOBILE


async def test_the_database_gives_nothing_away(office: Office, database_file: Path) -> None:
    """Its files hold no ID number, mobile, name, client secret, token, private key or secret of the gateway."""
    office.registry.by_id_number[ID_NUMBER] = office.registry.by_employee["GE_chen"] = "m-1"
    client_id, secret = await office.register()
    rotated = await office.authority.clients.rotate(client_id)
    answers = [await office.post(office.exchange_form(who), (client_id, rotated)) for who in (CHEN_CITIZEN, CHEN_WORK)]
    tokens = [answer.json()["access_token"] for answer in answers]
    private = (await office.authority.keys.signing()).as_dict(private=True)["d"]

    await office.database.aclose()

    files = list(database_file.parent.glob(database_file.name + "*"))
    kept = b"".join(file.read_bytes() for file in files)
    assert b"u-chen" in kept, "the right files were read"
    for hidden in (ID_NUMBER, MOBILE, CHEN_CITIZEN.name, secret, rotated, *tokens, str(private), SECRET):
        assert hidden.encode() not in kept


async def test_logs_and_texts_give_nothing_away(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing secret or personal stands in a log, whatever its level, or in the text of an object."""
    caplog.set_level(logging.DEBUG)
    login = await office.register()
    with capture_logs() as lines:
        form = office.exchange_form(CHEN_CITIZEN)
        answer = await office.post(form, login)
        await office.post(form, login)
        await office.post(form | {"subject_token": "hidden-ticket"}, (login[0], "hidden-wrong-secret"))
        office.registry.down = True
        await office.post(office.exchange_form(CHEN_WORK), login)
        office.work_app.ill = UnreachableError("zhezhengding", "sign_in", "hidden-detail")
        await office.post(office.exchange_form(CHEN_WORK), login)
    token = answer.json()["access_token"]

    told = caplog.text + repr(lines) + repr(office.authority.settings) + repr(vars(office.authority))
    keeps = (office.authority.clients, office.authority.keys, office.authority.tokens, office.authority.grants)
    told += repr([vars(part) for part in keeps])
    assert any(line["event"] == "sign_in_failed" for line in lines)
    assert any(line["event"] == "sign_in_unconfirmed" for line in lines)
    for hidden in (ID_NUMBER, MOBILE, CHEN_CITIZEN.name, login[1], token, form["subject_token"], SECRET, "hidden-"):
        assert hidden not in told
