import pytest
from joserfc.jwk import ECKey
from pydantic import SecretStr
from sqlalchemy import delete

from auth.client import AuthMethod
from auth.clients import Clients, UnknownClientError
from auth.store import Database
from auth.store.tables import ClientSecretRow
from auth.vault import Vault
from connectors.records.identity import TicketForm
from connectors.viewer import Scope
from tests.auth.holdings import Holdings

BASIC = AuthMethod.CLIENT_SECRET_BASIC
PARTNER = {"grants": ["client_credentials"], "scopes": ["opinion:read"]}


@pytest.fixture
def clients(database: Database) -> Clients:
    """A registry without clients."""
    return Clients(database, Vault(SecretStr("invented-secret-of-the-tests-0123456789")))


async def test_a_client_is_known_by_its_secret_alone(clients: Clients) -> None:
    """The right secret by the registered method finds the client; anything else finds nobody."""
    client_id, secret = await clients.create("partner", **PARTNER)

    client = await clients.authenticated(client_id, secret, BASIC)

    assert client is not None
    assert (client.name, client.scopes, client.ticket_forms) == ("partner", {Scope.OPINION_READ}, frozenset())
    assert await clients.authenticated(client_id, secret + "x", BASIC) is None
    assert await clients.authenticated(client_id, "", BASIC) is None
    assert await clients.authenticated("c_unknown", secret, BASIC) is None
    assert await clients.authenticated("c_\x00", secret, BASIC) is None
    assert await clients.authenticated(client_id, secret, AuthMethod.CLIENT_SECRET_POST) is None


async def test_two_secrets_live_at_once(clients: Clients) -> None:
    """After a change the former secret is still good, the one before it is not."""
    client_id, first = await clients.create("partner", **PARTNER)
    second = await clients.rotate(client_id)
    after_one = [await clients.authenticated(client_id, secret, BASIC) for secret in (first, second)]

    third = await clients.rotate(client_id)
    after_two = [await clients.authenticated(client_id, secret, BASIC) for secret in (first, second, third)]

    assert all(after_one)
    assert [client is not None for client in after_two] == [False, True, True]


async def test_secrets_stay_good_when_the_pepper_changes(database: Database) -> None:
    """A change of the gateway's own secret does not end those of its clients while the older one is set."""
    older, newer = (
        SecretStr("the-older-secret-0123456789-0123456789"),
        SecretStr("the-newer-secret-0123456789-0123456789"),
    )
    client_id, secret = await Clients(database, Vault(older)).create("partner", **PARTNER)

    assert await Clients(database, Vault(newer, [older])).authenticated(client_id, secret, BASIC) is not None
    assert await Clients(database, Vault(newer)).authenticated(client_id, secret, BASIC) is None


async def test_a_disabled_client_is_nobody(database: Database) -> None:
    """Its secret is right and does not help; it stays on the list, as disabled, and may be enabled again."""
    holdings = Holdings(database)
    clients = holdings.clients
    client_id, secret = await clients.create("partner", **PARTNER)
    assert await clients.authenticated(client_id, secret, BASIC) is not None

    await holdings.endings.client(client_id)

    (listed,) = await clients.list()
    assert await clients.authenticated(client_id, secret, BASIC) is None
    assert listed.disabled_at is not None
    await clients.enable(client_id)
    assert await clients.authenticated(client_id, secret, BASIC) is not None


async def test_a_registration_is_changed_as_a_whole(clients: Clients) -> None:
    """What is wrong together is refused; what is not named stays."""
    client_id, _ = await clients.create("partner", **PARTNER, contact="ops@partner.example.cn")

    await clients.change(client_id, name="another name", access_token_lifetime=60)
    with pytest.raises(ValueError, match="redirect_uris"):
        await clients.change(client_id, redirect_uris=frozenset({"https://partner.example.cn/cb"}))

    client = await clients.find(client_id)
    assert client is not None
    assert (client.name, client.access_token_lifetime, client.contact) == ("another name", 60, "ops@partner.example.cn")
    assert client.redirect_uris == frozenset()


async def test_a_client_that_proves_itself_by_keys_has_no_secret(clients: Clients) -> None:
    """Changing the way it proves itself ends its secrets; changing back gives a new one."""
    client_id, secret = await clients.create("partner", **PARTNER)
    keys = {"keys": [ECKey.generate_key("P-256").as_dict(private=False)]}

    none = await clients.change(client_id, auth_method=AuthMethod.PRIVATE_KEY_JWT, jwks=keys)
    with pytest.raises(ValueError, match="has no secret"):
        await clients.rotate(client_id)
    again = await clients.change(client_id, auth_method=BASIC, jwks=None)

    assert none == ""
    assert await clients.authenticated(client_id, secret, BASIC) is None
    assert await clients.authenticated(client_id, again, BASIC) is not None


async def test_a_secret_that_leaked_ends_at_once(clients: Clients) -> None:
    """There is no overlap then."""
    client_id, first = await clients.create("partner", **PARTNER)

    second = await clients.rotate(client_id, at_once=True)

    assert await clients.authenticated(client_id, first, BASIC) is None
    assert await clients.authenticated(client_id, second, BASIC) is not None


async def test_clients_are_listed_without_secrets(clients: Clients) -> None:
    """The list tells what each may do, in the order they were made, and no secret."""
    one = await clients.create("one", **PARTNER)
    two = await clients.create(
        "two",
        grants=["urn:ietf:params:oauth:grant-type:token-exchange"],
        scopes=["openid", "graph:read"],
        ticket_forms=[TicketForm.ZHELIBAN_UNIFIED],
        auth_method="client_secret_post",
        origins=["https://app.example.cn"],
    )

    listed = await clients.list()

    assert [client.client_id for client in listed] == [one[0], two[0]]
    assert [client.origins for client in listed] == [frozenset(), {"https://app.example.cn"}]
    assert listed[1].auth_method is AuthMethod.CLIENT_SECRET_POST
    assert not {one[1], two[1]} & set(repr(listed).split("'"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"grants": []},
        {"scopes": []},
        {"grants": ["implicit"]},
        {"scopes": ["everything"]},
        {"ticket_forms": ["zheliban-unified"]},
        {"grants": ["urn:ietf:params:oauth:grant-type:token-exchange"]},
        {"auth_method": "none"},
        {"origins": ["https://app.example.cn/page"]},
    ],
)
async def test_a_client_that_could_never_get_a_token_is_refused(clients: Clients, wrong: dict[str, object]) -> None:
    """A registration with an unknown name or a part missing is a mistake."""
    with pytest.raises(
        ValueError, match=r"needs a name|ticket forms go|is not a valid|is no origin|cannot prove itself"
    ):
        await clients.create("partner", **{**PARTNER, **wrong})


async def test_an_unknown_client_cannot_be_changed(clients: Clients) -> None:
    """Changing a client that is not there is told."""
    with pytest.raises(UnknownClientError):
        await clients.rotate("c_unknown")
    with pytest.raises(UnknownClientError):
        await clients.enable("c_unknown")
    with pytest.raises(UnknownClientError):
        await clients.change("c_unknown", name="another")


async def test_a_client_whose_secrets_are_gone_is_nobody(clients: Clients, database: Database) -> None:
    """An operator who deleted a client's secrets shut it out: no secret is then right, not even an empty one."""
    client_id, secret = await clients.create("partner", **PARTNER)

    await database.write(lambda session: session.execute(delete(ClientSecretRow)))

    for tried in ("", secret):
        assert await clients.authenticated(client_id, tried, BASIC) is None
