"""A compilation for programs: one canonical JSON text, as docs/compilation-json.md describes it."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum

from shakyo_desktop.documents.compilation.paper import CompilationPaper
from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.plan import Plan

FORMAT = "shakyo-compilation"
FORMAT_VERSION = 1


def make_json(paper: CompilationPaper) -> bytes:
    """UTF-8, names in order, no spaces, one line feed at the end: equal content gives equal bytes.

    Texts are as they were typed; whoever shows them has to quote them for the place they are shown in.
    """
    counts = paper.coverage
    content = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "ward": {"code": paper.compilation.ward, "name": paper.ward_name, "kind": OrganisationKind.WARD},
        "plan": _plan(paper.plan),
        "coverage": {
            "expected": counts.expected,
            "arrived": counts.arrived,
            "late": counts.late,
            "missing": counts.missing,
            "unconfirmed": counts.unconfirmed,
        },
        "sources_mark": paper.mark,
        "practice_mode": paper.practice,
        "compilation": _value(paper.compilation),
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return f"{text}\n".encode()


def _plan(plan: Plan) -> dict[str, object]:
    items = [
        {"number": one.number, "name": one.name, "direction": one.direction, "reporter": one.reporter.value}
        for one in plan.items
    ]
    directions = [{"number": one.number, "name": one.name} for one in plan.directions]
    scale = [{"code": one.code, "symbol": one.symbol, "words": one.words} for one in plan.rating_scale]
    return {"id": plan.id, "name": plan.name, "directions": directions, "items": items, "rating_scale": scale}


def _value(value: object) -> object:
    """A value of the domain as JSON has it: absent is null, never 0; moments are UTC."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%SZ}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    if is_dataclass(value):
        return {one.name: _value(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _value(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_value(one) for one in value]
    return value
