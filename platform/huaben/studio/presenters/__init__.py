"""What the studio's pages show: ``project`` the steps, ``story`` what was read in the idea, drafts
and the story report.
"""

from .project import ProjectState, Shot, Storyboard, present_project
from .story import StoryState, present_story

__all__ = [
    "ProjectState",
    "Shot",
    "StoryState",
    "Storyboard",
    "present_project",
    "present_story",
]
