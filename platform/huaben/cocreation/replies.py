"""What a maker may answer to a proposal, and how a part in a series is called. Fixed words: they
need no checking.
"""

from huaben.core.words import Words

REPLIES = {
    "thanks": Words("谢谢，收下了", "Thank you, taken"),
    "no_fit": Words("和后面的故事接不上", "It does not fit what comes next"),
    "in_work": Words("已经在写差不多的了", "Something like it is being written"),
    "later": Words("好主意，留着以后用", "A good idea, kept for later"),
}
PARTS = {
    "idea": Words("主意", "Idea"),
    "branch": Words("支线", "Branch"),
    "writing": Words("合写", "Written with"),
}
