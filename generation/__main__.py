"""``python -m generation``: plan, write, draw and cut an episode from the command line."""

import sys

from generation.cli import main

if __name__ == "__main__":
    sys.exit(main())
