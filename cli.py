"""The command line of a checkout: ``python cli.py …`` is the installed ``tracker …``."""

from tracker.cli.app import main

if __name__ == "__main__":
    main()
