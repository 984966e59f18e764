"""Shadow-puppet actors: hide that is cut, dyed and pierced, jointed, and moved by verbs and
feelings.
"""

from generation.stage.puppet.pose import Pose, pose_at
from generation.stage.puppet.rig import Puppet

__all__ = ["Pose", "Puppet", "pose_at"]
