"""shakyo_desktop: a signed, offline reporting loop for a council of social welfare, from district to city."""

import logging

__version__ = "0.2.0"

logging.getLogger(__name__).addHandler(logging.NullHandler())  # without a log, events go nowhere
