"""What can be wrong with a registration, in words for developers of clients; they never repeat what was sent."""

import enum


class Fault(enum.Enum):
    """English, Chinese: what is allowed."""

    NAME = ("a client needs a name of 1 to 200 printable characters", "客户端名称须为 1 至 200 个可打印字符")
    CONTACT = ("must be 1 to 200 printable characters", "须为 1 至 200 个可打印字符")
    NOTHING = ("a client needs a name, a grant and a scope", "客户端须有名称、授权类型与权限范围")
    UNKNOWN = ("must be one that the metadata of the server lists", "只能使用服务器元数据中列出的值")
    PUBLIC_CREDENTIALS = (
        "a public client cannot prove itself: it gets no token of its own by client_credentials",
        "公开客户端无法证明自身，不能使用 client_credentials",
    )
    TICKET_FORMS = (
        "ticket forms go with the grant token-exchange, and only with it",
        "票据类型须与 token-exchange 授权类型同时登记",
    )
    NO_REDIRECT_URI = ("authorization_code needs a redirect URI", "使用 authorization_code 须登记回调地址")
    REDIRECT_URI_UNUSED = (
        "redirect URIs go with the grant authorization_code, and only with it",
        "回调地址须与 authorization_code 授权类型同时登记",
    )
    NOTHING_TO_REFRESH = (
        "refresh_token goes with a grant that a person gives: authorization_code, device_code or token-exchange",
        "refresh_token 须与 authorization_code、device_code 或 token-exchange 同时登记",
    )
    KEYS_NEEDED = ("private_key_jwt needs jwks, the client's public keys", "使用 private_key_jwt 须登记公钥 jwks")
    KEYS_UNUSED = ("jwks goes with private_key_jwt, and only with it", "jwks 只能与 private_key_jwt 同时登记")
    KEYS = (
        (
            "must be a JWK Set of 1 to 10 public keys with different kid: EC P-256, RSA of 2048 to 4096 bits, or "
            "Ed25519, SM2 with a kid where the metadata lists it; never a private or shared key"
        ),
        (
            "须为包含 1 至 10 个公钥且 kid 各不相同的 JWK Set：EC P-256、2048 至 4096 位 RSA、Ed25519，"
            "元数据列出 SM2 时亦可使用带 kid 的 SM2 公钥，不得含私钥或对称密钥"
        ),
    )
    LIFETIME = ("must be 30 to 3600 seconds", "须为 30 至 3600 秒")
    TOO_MANY = ("must be at most 20", "最多 20 个")
    URI_LENGTH = ("must be at most 1000 characters long", "最长 1000 个字符")
    URI_CHARACTERS = (
        "must be ASCII without spaces, wildcards (*), fragments (#) and control characters",
        "须为 ASCII 字符，不含空格、通配符（*）、片段（#）与控制字符",
    )
    URI_WHOLE = ("must be a whole address, its scheme in lower case", "须为完整地址，协议名小写")
    URI_STEPS = ("must have a path without . and ..", "路径不得含 . 或 ..")
    URI_SCHEME = (
        "must begin with https://, or with http://127.0.0.1 or http://[::1]",
        "须以 https:// 开头，或为 http://127.0.0.1、http://[::1]",
    )
    URI_HOST = (
        "must have a host in lower case, no user or password, and a port that is a number",
        "主机名须小写，不得含用户名或密码，端口须为数字",
    )
    URI_NOT_SAFE = (
        "must be https, unless its host is 127.0.0.1 or [::1]; a name may lead anywhere",
        "须使用 https，仅 127.0.0.1 与 [::1] 除外；主机名可能指向任意地址",
    )
    URI_APP = (
        "must be a domain you own, reversed, as its scheme, and a path: cn.example.app:/callback",
        "协议名须为您拥有的域名倒序，并带路径，例如 cn.example.app:/callback",
    )
    NOT_HERE = ("must be https: it is not this machine that is to be told", "须使用 https")
    NOT_TEXT = ("must be of the type that RFC 7591 says", "类型须符合 RFC 7591")
    BY_VALUE = ("is not read: send the keys themselves in jwks", "不支持，请直接在 jwks 中提供公钥")
    NOT_OFFERED = ("must be what the metadata of the server says, or left out", "须为服务器元数据所列的值，或省略")
    BEYOND_INVITATION = ("may hold only what the invitation allows", "不得超出邀请所允许的范围")
    BEYOND_REGISTRATION = (
        "may hold only what is registered now; for more, ask for a new invitation",
        "不得超出当前登记的范围，如需扩大请申请新的邀请",
    )
    NOT_YOURS = ("must be the client's own, or left out", "须为该客户端自身的值，或省略")
    SET_BY_US = ("must be left out: it is not the client's to set", "请省略，该项不由客户端设置")

    def __init__(self, en: str, zh: str) -> None:
        self.en = en
        self.zh = zh


class RegistrationError(ValueError):
    """A registration that is refused; ``member`` is the part of it that is wrong, as RFC 7591 names it."""

    def __init__(self, member: str, fault: Fault) -> None:
        super().__init__(f"{member}: {fault.en}")
        self.member = member
        self.fault = fault
