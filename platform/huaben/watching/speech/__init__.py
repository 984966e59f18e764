"""What viewers say about an episode: comments under it, danmaku over it. The words go through
``catalog.speech``.
"""
