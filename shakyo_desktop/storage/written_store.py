"""The office's own words, read through when somebody searches: requests and findings. They are few."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from shakyo_desktop.storage import compiled_tables as compiled
from shakyo_desktop.storage import exchange_tables as tables


@dataclass(frozen=True, slots=True)
class WrittenRequest:
    """A request, sent or not yet, with the district and fiscal year of its report."""

    id: str
    package_id: str
    org: str
    fiscal_year: int
    table: str
    record_id: str
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class WrittenFinding:
    """The words of one finding of a compilation's newest version."""

    plan_id: str
    fiscal_year: int
    scope: str
    number: int
    outcome: str
    challenge: str
    approach: str


class WrittenStore:
    """Reads only; every method is a fixed number of statements."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def requests(self) -> tuple[WrittenRequest, ...]:
        """Every request of every year, newest year first; one that was sent and is still kept comes once."""
        found: dict[str, WrittenRequest] = {}
        reports = tables.submissions.c
        for table in (tables.review_comments, tables.requests):
            c = table.c
            statement = (
                select(
                    c.id,
                    c.package_id,
                    reports.org,
                    reports.fiscal_year,
                    c.table,
                    c.record_id,
                    c.field,
                    c.text,
                )
                .join(tables.submissions, reports.package_id == c.package_id)
                .order_by(reports.fiscal_year.desc(), reports.org, c.id)
            )
            for row in self._connection.execute(statement):
                found[row[0]] = WrittenRequest(*row)
        return tuple(found.values())

    def findings(self) -> tuple[WrittenFinding, ...]:
        """What the ward wrote into its compilations; of several versions the newest comes last."""
        c, f = compiled.compilations.c, compiled.findings.c
        statement = (
            select(c.plan_id, c.fiscal_year, f.scope, f.number, f.outcome, f.challenge, f.approach)
            .join(compiled.compilations, c.id == f.compilation_id)
            .order_by(c.fiscal_year.desc(), c.version)
        )
        newest = {
            (row[0], row[1], row[2], row[3]): WrittenFinding(*row)
            for row in self._connection.execute(statement)
        }
        return tuple(newest.values())
