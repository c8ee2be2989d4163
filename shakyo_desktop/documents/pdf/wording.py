"""Figures and codes as they stand on paper."""

import re

from shakyo_desktop.domain.codes import Stage
from shakyo_desktop.domain.numbers import show_number

NOT_RECORDED = "－"
"""Printed where nothing was recorded: a blank is not 0."""


def count_text(number: int | None, unit: str) -> str:
    """1,200人, or － when nothing was recorded."""
    return NOT_RECORDED if number is None else f"{show_number(number)}{unit}"


def grouped(text: str) -> str:
    """The characters in fours: 1234 5678 9012."""
    return " ".join(re.findall(".{1,4}", text))


def manifest_short(manifest: str) -> str:
    """The first 16 hexadecimal digits of a package's identity, in fours, for comparing by eye."""
    return grouped(manifest[:16].upper())


def stage_code(stage: Stage) -> str:
    """The letter of a stage in a QR code."""
    return {Stage.INTERIM: "I", Stage.FINAL: "F"}[stage]
