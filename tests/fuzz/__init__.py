"""Hostile input by the hundred thousand: ``python dev.py fuzz``, and a short run with the tests.

A target is one layer of one kind of file. Its part (a table, a manifest, a JPEG …) is changed, and everything
around it is made right again, signed and sealed, so that the change is met by the layer's own reader and not
by a digest above it.
"""
