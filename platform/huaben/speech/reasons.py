"""Why a text is not shown, and why somebody reports one. Codes are stable; the texts may be
improved.
"""

from __future__ import annotations

from huaben.core.localized import LocalizedText

SPEECH_REASONS: dict[str, LocalizedText] = {
    "abuse": LocalizedText("侮辱、歧视或人身攻击", "Insult, discrimination or personal attack"),
    "threat": LocalizedText("威胁、恐吓或煽动伤害", "Threatens, frightens or calls for harm"),
    "sexual": LocalizedText("低俗或色情", "Vulgar or sexual content"),
    "minors": LocalizedText("不利于未成年人", "Harmful to minors"),
    "unlawful": LocalizedText("含有法律法规禁止的内容", "Holds content that the law forbids"),
    "privacy": LocalizedText(
        "泄露他人隐私或联系方式", "Gives away somebody's private matters or contact"
    ),
    "advertising": LocalizedText("广告、引流或诈骗", "Advertising, luring elsewhere or fraud"),
    "spoiler": LocalizedText("剧透", "Gives the story away"),
    "spam": LocalizedText("刷屏或与本集无关", "Flooding, or nothing to do with the episode"),
    "other": LocalizedText("其他：见说明", "Another reason: see the note"),
}
