"""Every code of the package format: those a file is refused with, and those a person decides about."""

FAMILIES = {
    "size": ("package",),
    "env": ("header", "decrypt"),
    "zip": (
        *("eocd", "too_many", "central", "local", "name"),
        *("duplicate", "crc", "gap", "order", "mimetype"),
    ),
    "sig": ("parse", "profile", "alg", "bad", "unknown_key"),
    "manifest": ("size", "form", "duplicate", "files", "hash"),
    "key": ("suspended", "revoked", "retired"),
    "pkg": ("format", "version", "critical", "schema"),
    "bind": ("sender", "recipient", "role", "report"),
    "setup": ("other_key",),
    "clock": ("signing_time",),
    "seq": ("fork", "chain", "package_id"),
    "report": ("revision",),
    "json": ("size", "form", "depth"),
    "data": ("files", "count", "schema", "order", "reference"),
    "text": ("nfc", "control"),
    "photo": ("form", "size", "decode", "hash", "list"),
}
CODES = [f"{family}.{name}" for family, names in FAMILIES.items() for name in names]
DECIDED_LATER = [
    "key.pending",
    "key.expired",
    "key.pending_full",
    "report.fork",
    "report.after_final",
    "report.city",
]
