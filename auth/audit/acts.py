"""What can happen that the audit keeps, in both languages."""

import enum


class Act(enum.Enum):
    """One kind of thing that happened. The name is what is kept; the words are for people.

    At most 40 characters a name; a name that was ever kept never changes its meaning.
    """

    SIGNED_IN = ("signed in", "登录")
    SIGN_IN_REFUSED = ("a sign-in was refused", "登录被拒绝")
    SIGNED_OUT = ("signed out", "退出登录")
    SIGNED_OUT_EVERYWHERE = ("signed out everywhere", "退出全部会话")
    SESSION_ENDED = ("a session ended", "会话结束")

    AUTHORIZED = ("let a client in", "授权客户端")
    AUTHORIZATION_DENIED = ("did not let a client in", "拒绝授权客户端")
    CONSENT_GIVEN = ("agreed to what a client may do", "同意授权")
    CONSENT_TAKEN_BACK = ("took a consent back", "撤回授权")
    TOKEN_ISSUED = ("a token was issued", "签发令牌")
    TOKEN_REVOKED = ("a token was revoked", "撤销令牌")
    REPLAY_FOUND = ("something single-use came twice; what it gave was ended", "一次性凭据被重放，已终止相关授权")
    GRANT_ENDED = ("a client's grant ended", "客户端授权终止")

    DEVICE_ALLOWED = ("let a device in", "允许设备登录")
    DEVICE_DENIED = ("sent a device away", "拒绝设备登录")

    IDENTITY_LINKED = ("an identity was linked", "关联身份")
    IDENTITY_UNLINKED = ("an identity was unlinked", "解除身份关联")
    OWN_DATA_EXPORTED = ("exported their own data", "导出本人数据")
    PERSON_DELETED = ("a person was deleted", "删除个人数据")

    FACTOR_INVITED = ("an account may enrol a second factor", "允许账号绑定第二验证要素")
    FACTOR_ENROLLED = ("enrolled a second factor", "绑定第二验证要素")
    FACTOR_PASSED = ("passed the second factor", "通过第二验证要素")
    FACTOR_REFUSED = ("a second factor was wrong", "第二验证要素错误")
    FACTOR_REMOVED = ("a second factor was removed", "移除第二验证要素")
    FACTOR_RESET = ("an operator took a second factor off", "运维人员重置第二验证要素")
    RECOVERY_CODES_RENEWED = ("got new recovery codes", "更新恢复码")
    LOCKED_OUT = ("was locked after wrong codes", "多次错误后锁定")

    CLIENT_CREATED = ("a client was registered", "注册客户端")
    CLIENT_CHANGED = ("a client was changed", "修改客户端")
    CLIENT_SECRET_ROTATED = ("a client got a new secret", "轮换客户端密钥")
    CLIENT_DISABLED = ("a client was disabled", "停用客户端")
    CLIENT_ENABLED = ("a client was enabled again", "重新启用客户端")
    CLIENT_INVITED = ("somebody was let register clients", "发放客户端注册邀请")
    CLIENT_REGISTERED = ("a client registered itself", "客户端自助注册")
    CLIENT_DELETED = ("a client ended its own registration", "客户端自助注销")
    KEYS_ROTATED = ("the signing key was rotated", "轮换签名密钥")
    KEY_REVOKED = ("a signing key was revoked", "吊销签名密钥")
    ROLE_GIVEN = ("a role was given", "授予角色")
    ROLE_TAKEN = ("a role was taken back", "收回角色")

    EFFECT_RETRIED = ("an effect of a write was to be tried again", "重试写入的效果")
    EFFECT_DROPPED = ("an effect of a write was given up", "放弃写入的效果")

    BREAKER_OPENED = ("calls to a platform were stopped by hand", "手动暂停平台调用")
    BREAKER_CLOSED = ("calls to a platform were let through by hand", "手动恢复平台调用")
    BREAKER_RELEASED = ("a breaker was left to itself again", "熔断器交还自动控制")
    STALE_EXTENDED = ("old data was let stand in for longer", "延长旧数据的使用")
    STALE_RELEASED = ("old data stands in as usual again", "取消延长旧数据的使用")
    PLATFORM_PROBED = ("a platform was probed by hand", "手动探测平台")

    READ_PERSONAL = ("read others' personal data in full", "查阅他人未脱敏的个人数据")

    AUDIT_STARTED = ("a replica began to write", "审计开始")
    AUDIT_LOST = ("entries were lost: the store was away for too long", "审计记录丢失：存储长时间不可用")
    AUDIT_ANCHORED = ("where the other chains stand", "记录其他链的位置")
    AUDIT_PRUNED = ("old entries were deleted", "清理过期审计记录")
    AUDIT_EXPORTED = ("entries were exported", "导出审计记录")

    def __init__(self, en: str, zh: str) -> None:
        self.en = en
        self.zh = zh
