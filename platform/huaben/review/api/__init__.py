"""The moderators' desk over HTTP: ``cases`` for Cuts, ``words`` for revised words; ``appeals`` of
creators.
"""
