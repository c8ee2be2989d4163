"""What a ward compiled: every version as a snapshot, and the words written about it field by field."""

from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Select, and_, delete, func, select

from shakyo_desktop.domain.compilation import (
    CompilationVersion,
    CouncilVerification,
    Finding,
    FindingScope,
    ItemRollUp,
    SourceReport,
    WardCompilation,
)
from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.storage import compiled_tables as tables
from shakyo_desktop.storage.codec import Codec, read_moment, to_json_text
from shakyo_desktop.storage.upserts import put

_KEPT_ELSEWHERE = ("sources", "items", "findings", "council")
_COMPILATIONS = Codec(WardCompilation, tables.compilations, without=_KEPT_ELSEWHERE)
_FINDINGS = Codec(Finding, tables.findings)
_COUNCILS = Codec(CouncilVerification, tables.councils)


class _Snapshot(msgspec.Struct):
    """What never changes once it was compiled."""

    sources: tuple[SourceReport, ...]
    items: tuple[ItemRollUp, ...]


_READ = msgspec.json.Decoder(_Snapshot).decode


def write_snapshot(compilation: WardCompilation) -> str:
    """The sources and the items of a compilation as canonical JSON."""
    return to_json_text(msgspec.to_builtins(_Snapshot(compilation.sources, compilation.items)))


class CompilationsStore:
    """Compilations by id, and by plan, year and version; findings and council's word by compilation."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, compilation: WardCompilation) -> None:
        """Keep a new version with its findings and its council's word."""
        received, expected = compilation.coverage()
        row = _COMPILATIONS.row(
            compilation, snapshot=write_snapshot(compilation), received=received, expected=expected
        )
        self._connection.execute(tables.compilations.insert(), row)
        this = {"compilation_id": compilation.id}
        put(self._connection, tables.findings, [_FINDINGS.row(one, **this) for one in compilation.findings])
        self.save_council(compilation.id, compilation.council)

    def take_in(self, compilation: WardCompilation) -> None:
        """Keep a version that a ward sent, in place of the same version that came before."""
        self.withdraw(compilation.ward, compilation.fiscal_year, compilation.version)
        self._connection.execute(
            delete(tables.compilations).where(tables.compilations.c.id == compilation.id)
        )
        self.add(compilation)

    def withdraw(self, ward: str, fiscal_year: int, version: int) -> None:
        """Forget a version that a ward sent; its signed evidence is kept elsewhere."""
        columns = tables.compilations.c
        statement = delete(tables.compilations).where(columns.ward == ward, columns.version == version)
        self._connection.execute(statement.where(columns.fiscal_year == fiscal_year))

    def get(self, compilation_id: str) -> WardCompilation:
        """One version, whole.

        Raises:
            NotFound: there is none.
        """
        statement = _whole().where(tables.compilations.c.id == compilation_id)
        row = self._connection.execute(statement).first()
        if row is None:
            raise NotFound.of("この取りまとめ")
        return self._read(row)

    def newest(self, ward: str, plan_id: str, fiscal_year: int) -> WardCompilation | None:
        """The highest version of a ward's plan's year, or None; a city keeps those of several wards."""
        columns = tables.compilations.c
        statement = _whole().where(_of(ward, plan_id, fiscal_year))
        row = self._connection.execute(statement.order_by(columns.version.desc()).limit(1)).first()
        return None if row is None else self._read(row)

    def versions(self, ward: str, plan_id: str, fiscal_year: int) -> tuple[CompilationVersion, ...]:
        """Every version of a ward's plan's year without its figures, newest first, in one statement."""
        columns, councils = tables.compilations.c, tables.councils
        names = ["id", "version", "compiled_at", "compiled_by", "received", "expected", "include_unconfirmed"]
        statement = (
            select(*(columns[name] for name in names), councils.c.approved)
            .join(councils, councils.c.compilation_id == columns.id)
            .where(_of(ward, plan_id, fiscal_year))
            .order_by(columns.version.desc())
        )
        return tuple(
            CompilationVersion(**{**row, "compiled_at": read_moment(row["compiled_at"])})
            for row in self._connection.execute(statement).mappings()
        )

    def is_newest(self, compilation_id: str) -> bool:
        """Whether no later version of the same plan's year is there; False when there is no such version."""
        this, later = tables.compilations, tables.compilations.alias("later")
        statement = (
            select(func.max(later.c.version) == this.c.version)
            .where(later.c.plan_id == this.c.plan_id, later.c.fiscal_year == this.c.fiscal_year)
            .where(later.c.ward == this.c.ward, this.c.id == compilation_id)
            .group_by(this.c.version)
        )
        return bool(self._connection.scalar(statement))

    def finding(self, compilation_id: str, scope: FindingScope, number: int) -> Finding:
        """The words about one thing; blank when nobody wrote any."""
        columns = tables.findings.c
        statement = _FINDINGS.select().where(
            columns.compilation_id == compilation_id, columns.scope == scope.value, columns.number == number
        )
        row = self._connection.execute(statement).first()
        return Finding(scope=scope, number=number) if row is None else _FINDINGS.read(row)

    def save_finding(self, compilation_id: str, finding: Finding) -> None:
        """Write the words about one thing over those that were there."""
        put(self._connection, tables.findings, _FINDINGS.row(finding, compilation_id=compilation_id))

    def council(self, compilation_id: str) -> CouncilVerification:
        """The council's word.

        Raises:
            NotFound: there is no such compilation.
        """
        statement = _COUNCILS.select().where(tables.councils.c.compilation_id == compilation_id)
        row = self._connection.execute(statement).first()
        if row is None:
            raise NotFound.of("この取りまとめ")
        return _COUNCILS.read(row)

    def save_council(self, compilation_id: str, council: CouncilVerification) -> None:
        """Write the council's word over the one that was there."""
        put(self._connection, tables.councils, _COUNCILS.row(council, compilation_id=compilation_id))

    def _read(self, row: Row[Any]) -> WardCompilation:
        snapshot = _READ(row.snapshot)
        columns = tables.findings.c
        statement = _FINDINGS.select().where(columns.compilation_id == row.id)
        findings = self._connection.execute(statement.order_by(columns.scope, columns.number))
        return _COMPILATIONS.read(
            row[:-1],
            sources=snapshot.sources,
            items=snapshot.items,
            findings=_FINDINGS.read_all(findings),
            council=self.council(row.id),
        )


def _of(ward: str, plan_id: str, fiscal_year: int) -> ColumnElement[bool]:
    columns = tables.compilations.c
    return and_(columns.ward == ward, columns.plan_id == plan_id, columns.fiscal_year == fiscal_year)


def _whole() -> Select[Any]:
    return _COMPILATIONS.select().add_columns(tables.compilations.c.snapshot)
