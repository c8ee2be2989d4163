"""The signed and sealed file. Bytes and streams in, domain objects out: no files, no clock, no database.

Every layer is read by rebuilding what our own writer would have produced and comparing bytes.
"""
