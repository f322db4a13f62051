"""``python -m bench.runner``: what ``smallcode bench`` runs."""

import sys

from .cli import main

sys.exit(main())
