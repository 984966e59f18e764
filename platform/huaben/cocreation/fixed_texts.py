"""The replies that a maker may give to a proposal, and the names of what a credit is for.

These texts are fixed, so that they need no moderation.
"""

from huaben.core.localized import LocalizedText

REPLY_TEXTS = {
    "thanks": LocalizedText("谢谢，收下了", "Thank you, taken"),
    "no_fit": LocalizedText("和后面的故事接不上", "It does not fit what comes next"),
    "in_work": LocalizedText("已经在写差不多的了", "Something like it is being written"),
    "later": LocalizedText("好主意，留着以后用", "A good idea, kept for later"),
}
PART_LABELS = {
    "idea": LocalizedText("主意", "Idea"),
    "branch": LocalizedText("支线", "Branch"),
    "writing": LocalizedText("合写", "Written with"),
}
