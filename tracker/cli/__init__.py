"""The command line. The only users of typer and rich."""

import gc

# A command is over in a fraction of a second. Looking through the objects of all modules again and
# again while they load took a fifth of that, and never found anything to free.
gc.set_threshold(500_000, 10, 10)
