/** What allauth refuses, in our words: its own translations are not whole. */
import { getLanguage, type LocalizedText } from '../i18n/language'

const WORDS: Record<string, LocalizedText> = {
  required: { zh: '请填写这一项。', en: 'Please fill this in.' },
  invalid: { zh: '这里的格式不对。', en: 'This is not in the right form.' },
  email_password_mismatch: {
    zh: '邮箱或密码不对；刚注册的话，请先点邮件里的链接。',
    en: 'The email address or the password is wrong; if you have just signed up, open the link in the mail first.',
  },
  invalid_login: { zh: '邮箱或密码不对。', en: 'The email address or the password is wrong.' },
  account_inactive: { zh: '这个账号已停用。', en: 'This account is shut.' },
  too_many_login_attempts: {
    zh: '错误次数太多，先拦下了。请在以前登录过的设备上登录，或重置密码，马上就能用。',
    en: 'Too many wrong tries. Sign in on a device that you used before, or reset your password, which works at once.',
  },
  rate_limited: { zh: '试得太多了，请稍后再来。', en: 'Too many tries. Please wait a while.' },
  enter_current_password: { zh: '现在的密码不对。', en: 'That is not your present password.' },
  incorrect_password: { zh: '密码不对。', en: 'The password is wrong.' },
  incorrect_code: { zh: '验证码不对，或已过期。', en: 'The code is wrong, or its time is over.' },
  invalid_password_reset: {
    zh: '这个链接已用过或已过期，请重新要一封信。',
    en: 'This link was used already or has expired. Please ask for a new mail.',
  },
  invalid_or_expired_key: {
    zh: '这个链接已用过或已过期。',
    en: 'This link was used already or has expired.',
  },
  email_taken: { zh: '这个邮箱不能用。', en: 'This address cannot be used.' },
  duplicate_email: { zh: '这个邮箱已在你的账号里。', en: 'This address is yours already.' },
  same_as_current: { zh: '和现在的一样。', en: 'That is what it is now.' },
  unknown_email: { zh: '这个邮箱不在你的账号里。', en: 'This address is not one of yours.' },
  unverified_email: { zh: '请先确认邮箱。', en: 'Please confirm your address first.' },
  password_too_short: { zh: '密码至少 10 个字符。', en: 'A password has at least 10 characters.' },
  password_too_common: {
    zh: '这个密码太常见，容易被猜到。',
    en: 'This password is too common, and easily guessed.',
  },
  password_too_similar: {
    zh: '密码和你的邮箱或名字太像。',
    en: 'The password is too much like your address or name.',
  },
  cannot_delete_authenticator: {
    zh: '现在不能停用它。',
    en: 'It cannot be removed now.',
  },
}

/** Our words for a code of allauth's; `message`, the server's own, where we have none. */
export function wordsFor(code: string, message: string): string {
  return WORDS[code]?.[getLanguage()] ?? message
}
