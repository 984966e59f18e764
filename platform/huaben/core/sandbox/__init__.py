"""Work on strangers' bytes, done in a child process that has limits, no secrets and no network.

``parent.run_sandboxed`` starts it; the module that it runs calls ``child.serve``. What a hostile
file can break, or take over, is a process that holds nothing. The child's side is plain Python,
without Django.
"""
