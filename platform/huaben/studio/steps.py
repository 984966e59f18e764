"""The steps from an idea to a film: what each needs, which job does it, and its label."""

from __future__ import annotations

from huaben.core.localized import LocalizedText

# Each step that a creator starts, with the fields of a project that must be there before.
REQUIRED_FIELDS: dict[str, tuple[str, ...]] = {
    "drafts": (),
    "outline": (),
    "script": ("outline",),
    "storyboard": ("script",),
    "render": ("script", "storyboard"),
}
JOB_KINDS = {
    "drafts": "studio.draft_outlines",
    "outline": "studio.write_outline",
    "script": "studio.write_script",
    "storyboard": "studio.draw_storyboard",
    "render": "studio.render_episode",
}
# Steps of a job's progress: the engine's own, with those that the platform adds.
STEP_LABELS = {
    "drafts": LocalizedText("起五个草稿", "Drafting five outlines"),
    "outline": LocalizedText("构思大纲", "Planning the outline"),
    "script": LocalizedText("撰写剧本", "Writing the script"),
    "storyboard": LocalizedText("绘制分镜", "Drawing the storyboard"),
    "face": LocalizedText("准备字体（只需一次）", "Preparing the typeface (once only)"),
    "voice": LocalizedText("配音", "Speaking the lines"),
    "shots": LocalizedText("绘制镜头", "Drawing the shots"),
    "mix": LocalizedText("混音配乐", "Mixing voices and music"),
    "cut": LocalizedText("合成成片", "Joining the film"),
    "store": LocalizedText("存入片库", "Keeping the film"),
}
