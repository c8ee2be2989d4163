"""Kills the program at every moment of its work and looks at what is left (``python3 dev.py torture``)."""
