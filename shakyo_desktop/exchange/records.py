"""Domain records ↔ tables of a package: everything a caller needs, in one place."""

from shakyo_desktop.exchange.answer_tables import ANSWER_TABLES, answer_tables, read_answer_tables
from shakyo_desktop.exchange.lines import Lines, Tables
from shakyo_desktop.exchange.report_tables import (
    REPORT_TABLES,
    photos_to_send,
    read_report_tables,
    report_tables,
)
from shakyo_desktop.exchange.setup_lines import SETUP_TABLES
from shakyo_desktop.exchange.setup_records import SetupContent, read_setup_tables, setup_tables
from shakyo_desktop.exchange.ward_lines import WARD_TABLES
from shakyo_desktop.exchange.ward_tables import read_ward_tables, ward_tables

TABLES_OF_TYPE: dict[str, tuple[str, ...]] = {
    "setup": SETUP_TABLES,
    "report": REPORT_TABLES,
    "answer": ANSWER_TABLES,
    "ward_report": WARD_TABLES,
}

__all__ = [
    "TABLES_OF_TYPE",
    "Lines",
    "SetupContent",
    "Tables",
    "answer_tables",
    "photos_to_send",
    "read_answer_tables",
    "read_report_tables",
    "read_setup_tables",
    "read_ward_tables",
    "report_tables",
    "setup_tables",
    "ward_tables",
]
