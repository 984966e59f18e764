"""`python -m recsys`: train, recommend, inspect, evaluate, simulate (see `recsys.cli`)."""

from recsys.cli import main

raise SystemExit(main())
