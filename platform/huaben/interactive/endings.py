"""How a premiere's ending is explained to viewers."""

from __future__ import annotations

from huaben.core.localized import LocalizedText

from .models import Premiere

Ending = Premiere.Ending
ENDING_TEXTS = {
    Ending.FINISHED: LocalizedText("戏演完了", "The play is over"),
    Ending.CALLED_OFF: LocalizedText(
        "主人家取消了这场首映", "The host has called this premiere off"
    ),
    Ending.TAKEN_DOWN: LocalizedText(
        "这部戏撤下了，首映到此为止", "The play was taken down, and the premiere with it"
    ),
    Ending.NO_WAY_ON: LocalizedText(
        "往下的几支都撤下了，首映到此为止", "Every way on was taken down; the premiere ends here"
    ),
    Ending.OVERDUE: LocalizedText(
        "茶馆停了太久，这场首映散了", "The house was away for too long; this premiere has broken up"
    ),
    Ending.TOO_LONG: LocalizedText(
        "这一场演得太长，到此为止", "This has gone on for too long and ends here"
    ),
}
