"""`python -m recsys`: train, recommend, inspect, evaluate, simulate. Exit 0 ok, 1 no answer, 2 bad
input.
"""

from recsys.cli import main

raise SystemExit(main())
