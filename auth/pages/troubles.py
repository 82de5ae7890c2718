"""What can go wrong on a page, in words for whoever sees it.

A page never says what was sent, and never more than helps: the same words for everything that only an attacker would
want told apart.
"""

import enum
from typing import Any


class Trouble(enum.Enum):
    """Stable code, HTTP status, English, Chinese: what happened, and what to do."""

    NOT_FOUND = (
        "page_not_found",
        404,
        "There is no such page.",
        "Check the address, or go to your account.",
        "没有这个页面。",
        "请检查网址，或前往我的账号。",
    )
    FORM_ENDED = (
        "form_ended",
        403,
        "This form is no longer valid.",
        (
            "Nothing was changed. Go back, load the page again and repeat what you wanted to do. Your browser "
            "must accept cookies from this site."
        ),
        "表单已失效。",
        "没有任何更改。请返回并重新加载页面后再试。请确认浏览器允许本站使用 Cookie。",
    )
    FROM_ELSEWHERE = (
        "form_from_elsewhere",
        403,
        "This request came from another website.",
        (
            "Nothing was changed. If you did not mean to do anything here, close this window; otherwise open the "
            "page by its own address and try again."
        ),
        "该请求来自其他网站。",
        "没有任何更改。如非本人操作，请关闭此窗口；否则请通过本站网址打开页面后再试。",
    )
    BAD_FORM = (
        "form_unreadable",
        400,
        "The form could not be read.",
        "Nothing was changed. Go back, load the page again and fill it in once more.",
        "无法读取表单。",
        "没有任何更改。请返回并重新加载页面后再填写。",
    )
    CLIENT_UNKNOWN = (
        "client_unknown",
        400,
        "We do not know the application that sent you here.",
        (
            "Nothing was changed. Go back to the application; if this happens again, tell those who run it that "
            "its client_id is not registered here or was disabled."
        ),
        "无法识别您来自的应用。",
        "没有任何更改。请返回该应用；如再次出现，请告知其运营方：其 client_id 未在本站登记或已停用。",
    )
    REDIRECT_UNKNOWN = (
        "redirect_uri_unknown",
        400,
        "The application wants you sent to an address that is not its own.",
        (
            "For your safety we do not send you there. Go back to the application; if this happens again, tell "
            "those who run it that its redirect_uri is not registered here."
        ),
        "该应用要求跳转到未登记的地址。",
        "为保障安全，我们没有跳转。请返回该应用；如再次出现，请告知其运营方：其 redirect_uri 未在本站登记。",
    )
    REQUEST_UNREADABLE = (
        "sign_in_request_unreadable",
        400,
        "The sign-in request could not be read.",
        "Nothing was changed. Go back to the application and sign in from there again.",
        "无法读取登录请求。",
        "没有任何更改。请返回应用重新登录。",
    )
    REQUEST_ENDED = (
        "sign_in_request_ended",
        400,
        "This sign-in request has ended.",
        "It was open for too long or was already answered. Go back to the application and sign in from there again.",
        "登录请求已失效。",
        "请求停留时间过长或已处理完毕。请返回应用重新登录。",
    )
    SIGN_IN_LOST = (
        "sign_in_lost",
        400,
        "This sign-in cannot be finished.",
        (
            "It took too long, was already used, or was begun in another window or browser. Please sign in again. "
            "Your browser must accept cookies from this site."
        ),
        "登录无法完成。",
        "登录用时过长、已被使用，或是在其他窗口、其他浏览器中开始的。请重新登录，并确认浏览器允许本站使用 Cookie。",
    )
    SIGN_IN_TOO_LONG = (
        "sign_in_request_too_long",
        400,
        "The application's sign-in request is too long.",
        "Tell the application's developers: they can push the request first (RFC 9126).",
        "应用的登录请求过长。",
        "请告知应用的开发人员：可先通过推送授权请求（RFC 9126）提交参数。",
    )
    SIGN_IN_DENIED = (
        "sign_in_denied",
        403,
        "The platform did not let you sign in.",
        "You may have cancelled, or your account there is not active. Sign in again, or choose another way.",
        "平台未允许登录。",
        "您可能取消了登录，或您在该平台的账号未启用。请重新登录，或选择其他登录方式。",
    )
    SIGN_IN_TICKET = (
        "sign_in_not_confirmed",
        400,
        "The platform did not confirm your sign-in.",
        "What it gave you was used already, has ended, or is not for this site. Please sign in again.",
        "平台未确认您的登录。",
        "登录凭据已使用、已过期，或不属于本站。请重新登录。",
    )
    PLATFORM_AWAY = (
        "platform_away",
        503,
        "The platform cannot be reached right now.",
        "Wait a moment and sign in again, or choose another way.",
        "平台暂时无法访问。",
        "请稍候重新登录，或选择其他登录方式。",
    )
    LINK_COMPANY = (
        "company_not_linked",
        409,
        "A company's account cannot be linked.",
        "Nothing was changed. It belongs to the company, whoever acts for it; sign in with it by itself.",
        "法人账号不能关联。",
        "没有任何更改。法人账号属于单位，经办人可能变更，请单独使用该账号登录。",
    )
    LINK_ELSEWHERE = (
        "account_linked_elsewhere",
        409,
        "That account has other accounts or a security code of its own.",
        "Nothing was changed. Sign in with that account, and link this one from there.",
        "该账号已关联其他账号，或已启用动态验证码。",
        "没有任何更改。请用该账号登录，再从那里关联当前账号。",
    )
    LINK_OTHER_MEMBER = (
        "account_of_another_member",
        409,
        "The member registry says that these accounts are two members.",
        "Nothing was changed. If that is wrong, ask the committee's office to correct the registry.",
        "委员库显示这两个账号属于两位委员。",
        "没有任何更改。如有误，请联系政协机关更正委员信息。",
    )
    LINK_REGISTRY = (
        "account_linked_by_registry",
        409,
        "This account is linked through the member registry.",
        "Nothing was changed. If it is not yours, ask the committee's office to correct the registry.",
        "此账号是通过委员库关联的。",
        "没有任何更改。如不属于您，请联系政协机关更正委员信息。",
    )
    NOT_UNLINKED = (
        "account_not_unlinked",
        409,
        "This account stays linked.",
        (
            "Nothing was changed. It is the only one you can sign in with, or it is no longer linked to you. "
            "Link another one first, or delete your data here."
        ),
        "此账号未能解除关联。",
        "没有任何更改。这可能是您唯一的登录方式，或该账号已不属于您。请先关联其他账号，或在“我的数据”中删除全部数据。",
    )
    LOGOUT_REQUEST_WRONG = (
        "logout_request_wrong",
        400,
        "The application's request to sign you out is wrong.",
        (
            "You are still signed in. To sign out, use the button below; tell those who run the application that its "
            "post_logout_redirect_uri, client_id or id_token_hint does not fit its registration here."
        ),
        "应用的退出请求有误。",
        (
            "您仍处于登录状态。如需退出，请使用下方按钮；并请告知应用运营方：其 post_logout_redirect_uri、client_id 或 "
            "id_token_hint 与在本站的登记不符。"
        ),
    )
    TOO_OFTEN = (
        "too_many_requests",
        429,
        "Too many requests came from your address.",
        "Nothing was changed. Wait a minute and try again; others in your office may share your address.",
        "来自您所在网络的请求过多。",
        "没有任何更改。请等待一分钟后再试；同一单位的其他人可能与您共用网络地址。",
    )
    BUSY = (
        "store_unavailable",
        503,
        "We cannot reach our records right now.",
        "Nothing was changed. Wait a moment and try again.",
        "系统暂时无法访问数据。",
        "没有任何更改。请稍候再试。",
    )

    def __init__(self, code: str, status: int, *words: str) -> None:
        self.code = code
        self.status = status
        self.en, self.en_advice, self.zh, self.zh_advice = words


class PageError(Exception):
    """Ends a page with the page of a trouble; raised anywhere below ``Pages.guarded``.

    ``facts`` go to the page: ``place``, where its switches of language and size lead, and ``back``, where its button
    leads; both paths of ours.
    """

    def __init__(self, trouble: Trouble, **facts: Any) -> None:
        super().__init__(trouble.name)
        self.trouble = trouble
        self.facts = facts
