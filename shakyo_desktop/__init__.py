"""shakyo_desktop: a signed, offline reporting loop for the districts, wards and city of a council of social welfare."""

__version__ = "0.1.0"
