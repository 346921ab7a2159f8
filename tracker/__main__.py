"""``python -m tracker`` is the command ``tracker``."""

from tracker.cli.app import main

main()
