"""The mails of accounts: their words, and how they go out.

allauth says when a mail is due and names it by the prefix of a template; the words are here, in
both languages. Each mail is a job, so that a mail server that is away delays it and fails no
request.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from huaben.core.jobs import enqueue_job
from huaben.core.localized import LocalizedText

MAX_SUBJECT = 120


@dataclass(frozen=True)
class MailText:
    """Subject and body of one kind of mail, with ``{name}`` where a value goes."""

    subject: LocalizedText
    body: LocalizedText


_SIGNATURE = LocalizedText(
    "\n\n—— 话本 {site}\n这封信由系统发出，不必回复。",
    "\n\n— Huaben, {site}\nThis mail was sent by the system; nobody reads replies to it.",
)
_NOTICE = LocalizedText(
    "\n\n如果不是你做的，请立刻重置密码：{reset_url}\n来自地址 {ip}。",
    "\n\nIf this was not you, reset your password at once: {reset_url}\nIt came from the address "
    "{ip}.",
)


def _notice(zh_subject: str, en_subject: str, zh: str, en: str) -> MailText:
    return MailText(
        LocalizedText(zh_subject, en_subject),
        LocalizedText(zh + _NOTICE.zh, en + _NOTICE.en),
    )


MAILS: Mapping[str, MailText] = {
    "account/email/email_confirmation_signup": MailText(
        LocalizedText("确认你的邮箱", "Confirm your email address"),
        LocalizedText(
            "有人用这个邮箱在话本注册。是你的话，打开下面的链接确认，三天之内有效：\n\n"
            "{activate_url}\n\n不是你的话，什么都不用做：没有确认的账号不能登录。",
            "Somebody signed up at Huaben with this address. If it was you, confirm it within "
            "three days:\n\n{activate_url}\n\nIf it was not, do nothing: an account that is not "
            "confirmed cannot be used.",
        ),
    ),
    "account/email/email_confirmation": MailText(
        LocalizedText("确认你的邮箱", "Confirm your email address"),
        LocalizedText(
            "请打开下面的链接，确认话本账号用这个邮箱，三天之内有效：\n\n{activate_url}\n\n"
            "不是你要求的话，什么都不用做。",
            "Please confirm within three days that your Huaben account uses this address:\n\n"
            "{activate_url}\n\nIf you did not ask for this, do nothing.",
        ),
    ),
    "account/email/account_already_exists": MailText(
        LocalizedText("这个邮箱已有账号", "This address has an account"),
        LocalizedText(
            "有人想用 {email} 注册，但这个邮箱已有话本账号。\n\n"
            "是你的话，直接登录即可；忘了密码可以重置：\n\n{password_reset_url}\n\n"
            "不是你的话，什么都不用做，账号没有任何变化。",
            "Somebody tried to sign up with {email}, which has a Huaben account already.\n\nIf it "
            "was you, just sign in. If you forgot your password, reset it:\n\n"
            "{password_reset_url}\n\nIf it was not, do nothing: your account is as it was.",
        ),
    ),
    "account/email/unknown_account": MailText(
        LocalizedText("这个邮箱没有账号", "No account has this address"),
        LocalizedText(
            "有人要为 {email} 重置密码，但没有账号用这个邮箱。\n\n"
            "如果是你，也许当初用的是另一个邮箱；也可以现在注册：\n\n{signup_url}\n\n"
            "不是你的话，什么都不用做。",
            "Somebody asked to reset the password of {email}, but no account has this address."
            "\n\nIf it was you, perhaps you signed up with another one; or sign up now:\n\n"
            "{signup_url}\n\nIf it was not, do nothing.",
        ),
    ),
    "account/email/password_reset_key": MailText(
        LocalizedText("重置密码", "Reset your password"),
        LocalizedText(
            "有人要重置你在话本的密码。是你的话，打开下面的链接，设一个新密码，"
            "一小时之内有效：\n\n{password_reset_url}\n\n"
            "不是你的话，什么都不用做，密码没有变。",
            "Somebody asked to reset your password at Huaben. If it was you, choose a new one "
            "within the hour:\n\n{password_reset_url}\n\nIf it was not, do nothing: your password "
            "is as it was.",
        ),
    ),
    "account/email/password_reset": _notice(
        "密码已重置", "Your password was reset",
        "你的密码刚刚重置，其他设备都已退出登录。",
        "Your password was just reset, and all other devices are signed out.",
    ),
    "account/email/password_changed": _notice(
        "密码已修改", "Your password was changed",
        "你的密码刚刚修改，其他设备都已退出登录。",
        "Your password was just changed, and all other devices are signed out.",
    ),
    "account/email/password_set": _notice(
        "密码已设定", "A password was set",
        "你的账号刚刚设了密码。", "A password was just set for your account.",
    ),
    "account/email/email_changed": _notice(
        "邮箱已更换", "Your email address was changed",
        "你的账号邮箱已由 {from_email} 换成 {to_email}，这个旧邮箱不再能用来登录。",
        "The address of your account was changed from {from_email} to {to_email}; the old one no "
        "longer signs in.",
    ),
    "account/email/email_deleted": _notice(
        "邮箱已移除", "An email address was removed",
        "邮箱 {deleted_email} 已从你的账号移除。",
        "The address {deleted_email} was removed from your account.",
    ),
    "mfa/email/totp_activated": _notice(
        "身份验证器已启用", "Authenticator app in use",
        "你的账号启用了身份验证器，以后登录要多输六位数字。",
        "An authenticator app was set up; signing in asks for six more digits from now on.",
    ),
    "mfa/email/totp_deactivated": _notice(
        "身份验证器已停用", "Authenticator app no longer in use",
        "你的账号停用了身份验证器。", "Your account no longer uses an authenticator app.",
    ),
    "mfa/email/webauthn_added": _notice(
        "通行密钥已添加", "A passkey was added",
        "你的账号添加了一个通行密钥。", "A passkey was added to your account.",
    ),
    "mfa/email/webauthn_removed": _notice(
        "通行密钥已移除", "A passkey was removed",
        "你的账号移除了一个通行密钥。", "A passkey was removed from your account.",
    ),
    "mfa/email/recovery_codes_generated": _notice(
        "恢复码已更新", "New recovery codes",
        "你的账号有了一组新的恢复码，旧的不再有效。",
        "Your account has new recovery codes; the old ones no longer work.",
    ),
    "huaben/guarded": MailText(
        LocalizedText("有人在猜你的密码", "Somebody is guessing your password"),
        LocalizedText(
            "有人一再用错误的密码登录你的账号，这些尝试暂时被拦下了（最近一次来自 {ip}）。"
            "你的密码没有变，账号也没有锁上：在以前登录过的设备上照常可以登录，"
            "或者重置密码，马上就能用：\n\n{reset_url}",
            "Somebody keeps trying to sign in to your account with wrong passwords; these tries "
            "are stopped for now (the last came from {ip}). Your password is as it was and you "
            "are not locked out: sign in from a device that you used before, or reset your "
            "password, which works at once:\n\n{reset_url}",
        ),
    ),
    "huaben/recovered": MailText(
        LocalizedText("第二道验证已移除", "Your second factors were removed"),
        LocalizedText(
            "应你的请求，两位管理员一起移除了你账号的身份验证器、恢复码和通行密钥，"
            "所有设备都已退出登录。请重置密码后登录，再重新设置：\n\n{reset_url}\n\n"
            "如果不是你请求的，请立刻重置密码并联系我们。",
            "As you asked, two operators together removed the authenticator app, recovery codes "
            "and passkeys of your account, and all devices are signed out. Reset your password, "
            "sign in, and set them up again:\n\n{reset_url}\n\nIf you did not ask for this, reset "
            "your password at once and tell us.",
        ),
    ),
    "huaben/name_removed": MailText(
        LocalizedText("你的名字被取下了", "Your name was taken away"),
        LocalizedText(
            "你在话本的名字“{name}”被管理员取下，理由是：\n\n{reason}\n\n"
            "大家现在看到的是你的用户名 {handle}。你可以换一个名字：\n\n{settings_url}",
            "An operator took your name at Huaben, “{name}”, away. The reason:\n\n{reason}\n\n"
            "Others now read your handle, {handle}. You can choose another name:\n\n"
            "{settings_url}",
        ),
    ),
    "huaben/deleted": MailText(
        LocalizedText("账号已注销", "Your account is deleted"),
        LocalizedText(
            "你在话本的账号已经注销，不能再登录。作品已下架，观看记录和偏好已删除。"
            "依法必须留存的审核、备案与版权记录只以化名保存。",
            "Your account at Huaben is deleted and nobody can sign in with it. Your works are "
            "taken down; your history and preferences are deleted. What the law has us keep of "
            "reviews, filings and claims is kept under a pseudonym.",
        ),
    ),
}  # fmt: skip


def enqueue_mail(name: str, *, to: str, language: str, values: Mapping[str, object]) -> None:
    """Enqueue one mail of ``MAILS`` with the present transaction.

    ``values`` holds ``site`` and whatever the text names. Raises KeyError for a mail that has no
    words, or a value that its text names and ``values`` lacks.
    """
    text = MAILS[name]
    english = language.startswith("en")
    subject = text.subject.en if english else text.subject.zh
    body = text.body.en + _SIGNATURE.en if english else text.body.zh + _SIGNATURE.zh
    enqueue_job(
        "accounts.send_mail",
        {
            "to": to,
            "subject": " ".join(subject.format_map(values).split())[:MAX_SUBJECT],
            "body": body.format_map(values),
        },
    )
