"""Why a moderator says no, and the age notices that may come with a yes. Codes are stable; the
texts may be improved.
"""

from __future__ import annotations

from huaben.core.localized import LocalizedText

REASONS: dict[str, LocalizedText] = {
    "unlawful": LocalizedText("含有法律法规禁止的内容", "Holds content that the law forbids"),
    "violence": LocalizedText("暴力、血腥或恐怖表现过度", "Violence, blood or horror goes too far"),
    "sexual": LocalizedText("低俗或色情", "Vulgar or sexual content"),
    "abuse": LocalizedText("侮辱、歧视或人身攻击", "Insult, discrimination or personal attack"),
    "minors": LocalizedText(
        "不利于未成年人：成人化、工具化或危险模仿",
        "Harmful to minors: sexualised, used as a tool, or dangerous to imitate",
    ),
    "likeness": LocalizedText(
        "使用他人肖像或声音而未见授权", "Uses a person's face or voice without shown consent"
    ),
    "distorts_classics": LocalizedText(
        "歪曲经典、历史或英雄人物", "Distorts a classic, history or a hero"
    ),
    "misleading": LocalizedText(
        "冒充真实新闻或真实事件", "Passes itself off as real news or a real event"
    ),
    "ai_not_declared": LocalizedText(
        "疑似AI生成而未声明：请声明后提交新版",
        "Looks AI-made but was not declared: declare it in a new version",
    ),
    "mark_missing": LocalizedText(
        "起始画面没有清晰的AI生成标识", "No clear AI mark on the starting frames"
    ),
    "number_in_titles": LocalizedText(
        "片头未标注备案号，或与备案不符",
        "The filing number is missing in the titles, or is another one",
    ),
    "technical": LocalizedText(
        "黑屏、定格、无声等技术问题", "Technical fault: black, frozen or silent"
    ),
    "unreadable": LocalizedText("字幕或画面无法看清", "Subtitles or picture cannot be read"),
    "advertising": LocalizedText(
        "夹带广告或引流信息", "Carries advertising or leads people elsewhere"
    ),
    "words": LocalizedText(
        "标题、简介或选择的文字不合适或与作品不符",
        "Title, synopsis or a choice is not fit, or does not go with the work",
    ),
    "other": LocalizedText("其他：见说明", "Another reason: see the note"),
}

# Huaben's own notices; they restrict nobody and are shown beside the player.
AGE_NOTICES: dict[str, LocalizedText] = {
    "8+": LocalizedText("适合 8 岁以上", "For ages 8 and over"),
    "12+": LocalizedText("适合 12 岁以上", "For ages 12 and over"),
    "16+": LocalizedText("适合 16 岁以上", "For ages 16 and over"),
    "18+": LocalizedText("仅适合成年人", "For adults only"),
}
