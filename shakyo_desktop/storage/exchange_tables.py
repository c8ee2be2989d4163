"""The tables of what is handed in, answered and trusted; the same conventions as ``tables``."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from shakyo_desktop.storage.tables import LATER, blob, columns, keys
from shakyo_desktop.storage.tables import metadata as metadata

own_keys = Table(
    "own_keys",
    metadata,
    *keys(("public", Text)),
    *columns(Text, "purpose org created_at retired_at?"),
    *columns(LargeBinary, "secret"),
)

registrations = Table(
    "registrations",
    metadata,
    *keys(("key", Text)),
    *columns(Text, "org", index=True),
    *columns(Text, "enc check_number state first_seen approved_at? expires_on? changed_at? note"),
    *columns(LargeBinary, "certificate"),
)

registration_log = Table(
    "registration_log",
    metadata,
    Column("id", Integer, primary_key=True),
    *columns(Text, "key", index=True),
    *columns(Text, "at who old? new note"),
    sqlite_autoincrement=True,
)

submissions = Table(
    "submissions",
    metadata,
    *keys(("package_id", Text)),
    *columns(Text, "manifest", unique=True),
    *columns(Text, "org stage assembly supersedes? key prev? frozen_at received_at? state"),
    *columns(Text, "file_name receipt_no chair_name warnings"),
    *columns(Integer, "fiscal_year revision seq"),
    Column("problems", Integer, nullable=False, server_default="0"),
    Column("paper_no", Text, nullable=False, server_default=""),
    Index("ix_submissions_report", "fiscal_year", "org", "revision"),
    Index("ix_submissions_key", "key", "seq"),
)

evidence = Table(
    "evidence",
    metadata,
    *keys(("manifest", Text), ("position", Integer)),
    *columns(Text, "name"),
    blob(),
    *columns(Integer, "size"),
)

sequences = Table(
    "sequences",
    metadata,
    *keys(("manifest", Text)),
    *columns(Text, "key recipient package_id kind at prev?"),
    *columns(Integer, "seq"),
    Index("ix_sequences_chain", "key", "recipient", "seq"),
    Index("ix_sequences_package_id", "package_id"),
)

confirmations = Table(
    "confirmations",
    metadata,
    *keys(("org", Text), ("fiscal_year", Integer)),
    *columns(Text, "chair_name at content"),
)

review_comments = Table(
    "review_comments",
    metadata,
    *keys(("id", Text)),
    *columns(Text, "package_id", index=True),
    *columns(Text, "table record_id field text due? by at"),
    *columns(Boolean, "done"),
)

review_marks = Table(
    "review_marks",
    metadata,
    *keys(("package_id", Text), ("table", Text), ("record_id", Text)),
    *columns(Text, "by at"),
)

review_steps = Table(
    "review_steps",
    metadata,
    Column("id", Integer, primary_key=True),
    *columns(Text, "package_id", index=True),
    *columns(Text, "step by at note"),
    sqlite_autoincrement=True,
)

replies = Table(
    "replies",
    metadata,
    *keys(("answer_id", Text)),
    *columns(Text, "package_id", index=True),
    *columns(Text, "manifest org office received_at result receipt_no created_at shared_practices"),
    *columns(Integer, "last_seq"),
    *columns(Text, "written_at? file_name"),
    blob("sealed", nullable=True),
)

requests = Table(
    "requests",
    metadata,
    Column("answer_id", Text, ForeignKey("replies.answer_id", ondelete="CASCADE", **LATER), primary_key=True),
    *keys(("id", Text)),
    *columns(Integer, "position"),
    *columns(Text, "package_id table record_id field text due?"),
    *columns(Boolean, "done"),
)

shared_wordings = Table(
    "shared_wordings",
    metadata,
    *keys(("org", Text), ("fiscal_year", Integer), ("practice_id", Text)),
    *columns(Text, "plan_id title story photo_ids based_on"),
    *columns(Integer, "item_number"),
    *columns(Boolean, "chosen withdrawn"),
)

receipt_numbers = Table(
    "receipt_numbers",
    metadata,
    *keys(("office", Text), ("fiscal_year", Integer)),
    *columns(Integer, "last"),
)

held = Table(
    "held",
    metadata,
    *keys(("manifest", Text)),
    *columns(Text, "org", index=True),
    *columns(Text, "key", index=True),
    *columns(Text, "enc check_number code received_at file_name"),
    *columns(Integer, "seq size"),
    blob("sealed"),
)

intake_log = Table(
    "intake_log",
    metadata,
    Column("id", Integer, primary_key=True),
    *columns(Text, "file_name manifest org code verdict who at"),
    Column("run", Text, nullable=False, server_default=""),
    Index("ix_intake_log_run", "run"),
    Index("ix_intake_log_manifest", "manifest"),
    sqlite_autoincrement=True,
)
