"""Kills the program at every moment of its work and looks at what is left (``python3 dev.py torture``)."""

from shakyo_desktop.exchange import keys

# A check number is slow on purpose, which says nothing about kills.
keys._SCRYPT_N = 2**10
