"""``python -m gilint`` is the command ``gilint``."""

import sys

from gilint.cli import main

sys.exit(main())
