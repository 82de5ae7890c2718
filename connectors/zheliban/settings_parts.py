"""The sections of the citizen app's settings: one an interface, as each is registered for by itself."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints

from connectors.addresses import Address
from connectors.irs_signing import IrsAlgorithm

Origin = Annotated[Address, StringConstraints(pattern=r"^https?://[^\s/?#]+/?$")]
"""Scheme, host and port; httpx raises errors of its own for anything else, so it is refused at the start."""

Component = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+$")]
UrlPath = Annotated[str, StringConstraints(pattern=r"^(/[A-Za-z0-9._~-]+)*$")]
HeaderText = Annotated[str, StringConstraints(pattern=r"^[!-~]*$")]


class Section(BaseModel):
    """A section of the settings."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Components(Section):
    """Codes of the IRS components the gateway calls; each registration may have its own."""

    token: Component = Field("IC33000020220329000007", description="component that turns a ticketId into a token")
    user_info: Component = Field("IC33000020220329000008", description="component that answers whose a token is")
    simple_ticket: Component = Field(
        "IC33000020220228000002", description="component of the classic sign-on that takes a ticket (ticketValidation)"
    )
    simple_user: Component = Field(
        "IC33000020220228000004", description="component of the classic sign-on that tells who it is (getUserInfo)"
    )
    esso_user: Component = Field(
        "IC33000020220309000001", description="component of the companies' sign-on that tells who it is"
    )
    studio: Component = Field("IC33000099990201000001", description="component of the studio service")
    workorder: Component = Field("IC33000099990201000002", description="component of the 12345 work orders")
    knowledge: Component = Field("IC33000099990201000003", description="component of the knowledge base")
    notice: Component = Field("IC33000099990201000004", description="component of the notices to citizens")
    voice: Component = Field("IC33000099990201000005", description="component of the unified intake of public opinion")


class IrsSettings(Section):
    """The IRS API gateway in front of every component (wire-formats B3)."""

    host: Origin | Literal[""] = Field(
        "", description="scheme, host and port of the IRS gateway where it is not base_url"
    )
    path: UrlPath = Field("/restapi/prod", description="what stands before the component's code in every path")
    algorithm: IrsAlgorithm = Field(
        "hmac-sha256",
        description="what signs calls: hmac-sha256 as published, or hmac-sm3 where a registration asks so",
    )
    max_skew_s: int = Field(90, ge=1, le=3600, description="how far a call's clock may be off, in seconds (sandbox)")
    components: Components = Field(Components(), description="codes of the components")


class SimpleSettings(Section):
    """The classic sign-on (wire-formats B2; B4 through IRS, where AK and SK stand for code and password)."""

    url: Origin = Field("https://appapi.zjzwfw.gov.cn", description="classic sign-on, direct: scheme, host and port")
    login_url: Origin = Field("https://puser.zjzwfw.gov.cn", description="host of the classic sign-on's pages")
    path: UrlPath = Field("/sso/servlet/simpleauth", description="path of the classic sign-on, direct and through IRS")
    servicecode: str = Field("", description="application code of an old registration; empty: not registered directly")
    servicepwd: SecretStr = Field(SecretStr(""), description="password that belongs to the application code")
    datatype: Literal["json", "xml"] = Field(
        "json", description="form of answers to ask for; either is read, whatever comes"
    )
    same_accounts: bool = Field(
        default=False,
        description="whether the classic userid is the unified sign-on's userId (not public: ask the operator); "
        "else they are different accounts",
    )


class EssoSettings(Section):
    """The companies' sign-on, ESSO (wire-formats B6)."""

    url: Origin = Field("https://ssoapi.zjzwfw.gov.cn", description="companies' sign-on: scheme, host and port")
    login_url: Origin = Field("https://esso.zjzwfw.gov.cn", description="host of the companies' sign-in pages")
    oauth_url: Origin = Field("https://oauth.zjzwfw.gov.cn", description="host that signs companies out")
    path: UrlPath = Field("/rest/user/query", description="path that tells who it is, direct and through IRS")
    project_id: HeaderText = Field("", description="project id of the registration; empty: companies cannot sign in")
    project_secret: SecretStr = Field(SecretStr(""), description="secret with which the body is signed")
    through_irs: bool = Field(default=False, description="whether calls go through IRS, signed twice")
    signature_codes: tuple[str, ...] = Field(
        ("1001",), description="errCodes that mean: project or signature refused (not public; the sandbox's)"
    )
    token_codes: tuple[str, ...] = Field(
        ("1002",), description="errCodes that mean: ssotoken unknown, used or ended (not public; the sandbox's)"
    )


class DataShareSettings(Section):
    """The data-sharing gateway (wire-formats B7)."""

    url: Origin = Field("https://interface.zjzwfw.gov.cn", description="data-sharing gateway: scheme, host and port")
    key_path: UrlPath = Field(
        "/gateway/app/refreshTokenByKey.htm", description="path that gives secrets for the application's key"
    )
    secret_path: UrlPath = Field(
        "/gateway/app/refreshTokenBySec.htm", description="path that renews secrets by the refresh secret"
    )
    data_path: UrlPath = Field(
        "/gateway/api/001003001/dataSharing", description="path of the data, before the interface's id and .htm"
    )
    app_key: HeaderText = Field("", description="application key; empty: no shared data")
    app_secret: SecretStr = Field(SecretStr(""), description="secret that belongs to the application key")
    renew_after_s: int = Field(
        720, ge=1, le=3600, description="age at which the request secret is renewed, in seconds; it lasts about 15 min"
    )
    credentials_in: Literal["query", "headers"] = Field(
        "query", description="where appKey, requestTime and sign travel with a data call"
    )
    method: Literal["GET", "POST"] = Field("GET", description="how data are asked for; POST sends a form")


class SandboxSettings(Section):
    """How the sandbox behaves where the platform's ways are not sure, or change."""

    strict: bool = Field(
        default=True,
        description="whether the sandbox's IRS gate takes only what is signed exactly; else also without the final "
        "newline, and with the full address for the path",
    )
    published: bool = Field(
        default=True,
        description="whether the application is published; else its tickets are debug_… and mean a test person",
    )
    ticket_seconds: int = Field(300, ge=1, le=86_400, description="how long the sandbox's tickets hold, in seconds")
    token_seconds: int = Field(7200, ge=1, le=86_400, description="how long the sandbox's tokens hold, in seconds")
    simple_skew_s: int = Field(
        300, ge=1, le=86_400, description="how far the time of a classic call may be off in the sandbox, in seconds"
    )
    simple_numbers: bool = Field(
        default=False, description="whether the sandbox's classic answers have numbers where texts are documented"
    )
    simple_refusal: Literal["", "9903", "9904", "6099", "6503", "6599"] = Field(
        "", description="code with which the sandbox refuses every classic call it would come to; empty: none"
    )
    request_secret_seconds: int = Field(
        900, ge=1, le=86_400, description="how long the sandbox's request secrets hold, in seconds"
    )
    share_quota: int = Field(
        0, ge=0, le=1_000_000, description="calls for shared data the sandbox allows before it refuses; 0: any number"
    )
