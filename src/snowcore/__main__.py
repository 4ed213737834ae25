"""`python -m snowcore`"""

from .cli import main

raise SystemExit(main())
