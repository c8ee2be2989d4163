"""A ward's way of handing its compilation to the city: freeze a version, write its file, print its sheet."""

from dataclasses import dataclass
from pathlib import Path

from shakyo_desktop.domain.compilation import CompilationVersion, WardCompilation
from shakyo_desktop.domain.errors import NotReady
from shakyo_desktop.domain.submission import Reply, Submission
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.own_keys import own_check_number
from shakyo_desktop.services.papers import ward_cover_sheet_pdf
from shakyo_desktop.services.sent_packages import Cancelled, Progress, write_kept
from shakyo_desktop.services.sent_to_city import compilation_of, note_sent, package_of
from shakyo_desktop.services.setup_files import open_setup
from shakyo_desktop.services.setup_intake import current_setup, pinned_offices
from shakyo_desktop.services.verified_write import WrittenFile
from shakyo_desktop.services.ward_freezing import freeze_compilation
from shakyo_desktop.storage.stores import Stores

_MOST_CHARACTERS, _MOST_BYTES = 2_000, 6_000
"""Of one text: five of them stand in one line of the package, which has 32 KiB."""


@dataclass(frozen=True, slots=True)
class CityOffice:
    """The city as its setup in use says; ``plans`` are the ids of the plans it evaluates."""

    org: str
    name: str
    telephone: str
    serial: int
    plans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SentReport:
    """One version that was frozen for the city, and the city's newest answer to it."""

    submission: Submission
    compilation_id: str
    reply: Reply | None


class WardReportService:
    """Makes the ward's report and writes it; the same package as often as it is asked for."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def city(self) -> CityOffice | None:
        """The city this ward hands in to; None before its setup file was taken in."""
        with self._context.database.reading() as stores:
            return self._city(stores)

    def to_send(self, fiscal_year: int, version: int | None = None) -> WardCompilation:
        """The version of the city's plan to send: the newest approved one, else the newest, or the one named.

        Raises:
            NotReady: no city is known, or nothing was compiled.
        """
        with self._context.database.reading() as stores:
            city, own = _expected(self._city(stores)), str(stores.settings.get("org"))
            plans = (plan.id for plan in stores.plans.for_year(fiscal_year) if plan.id in city.plans)
            for plan_id in plans:
                chosen = _chosen(stores.compilations.versions(own, plan_id, fiscal_year), version)
                if chosen is not None:
                    return stores.compilations.get(chosen.id)
        raise NotReady(
            "この年度の取りまとめが、まだありません。何も変えていません。\n"
            "先に「取りまとめ」で作ってください。",
            code="ward_report.none",
        )

    def freeze(
        self, compilation_id: str, *, with_photos: bool = True, unverified: bool = False
    ) -> Submission:
        """Sign a version for the city and keep it; the one made before when it was frozen already.

        Nothing is written to a stick yet; ``write`` does that as often as it is needed.

        Args:
            unverified: send a version that the council has not verified yet, on purpose.

        Raises:
            NotFound: there is no such version.
            NotReady: no city is known, the council has not verified it, a newer version was sent, or it does
                not fit into a file.
        """
        with self._context.database.transaction() as stores:
            compilation = stores.compilations.get(compilation_id)
            city = _expected(self._city(stores))
            before = _same(stores, compilation)
            if before is not None:
                return before
            _check(compilation, city, unverified)
            submission = freeze_compilation(
                self._context, stores, compilation, pinned_offices(stores), with_photos=with_photos
            )
            note_sent(stores, compilation.id, submission.package_id)
            return submission

    def write(
        self,
        package_id: str,
        folder: Path,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> WrittenFile:
        """Write a frozen version to a stick or folder; the same package every time.

        Raises:
            DestinationFailed, Cancelled: the file is whole or as if never written.
        """
        with self._context.database.reading() as stores:
            submission = stores.submissions.get(package_id)
        return write_kept(
            self._context, submission.manifest, folder, submission.file_name, progress, cancelled
        )

    def sent(self, fiscal_year: int) -> tuple[SentReport, ...]:
        """What was frozen for the city in a year, the newest version first."""
        with self._context.database.reading() as stores:
            own = str(stores.settings.get("org"))
            return tuple(
                SentReport(
                    one,
                    compilation_of(stores, one.package_id),
                    stores.replies.of_package(one.package_id),
                )
                for one in stores.submissions.of_report(own, fiscal_year)
            )

    def cover_sheet(self, package_id: str) -> bytes:
        """The cover sheet (送付票) for the city as a PDF."""
        number = own_check_number(self._context)
        with self._context.database.reading() as stores:
            submission = stores.submissions.get(package_id)
            compilation = stores.compilations.get(compilation_of(stores, package_id))
            return ward_cover_sheet_pdf(stores, submission, compilation, number)

    def _city(self, stores: Stores) -> CityOffice | None:
        office = stores.settings.get("office")
        setup = current_setup(stores, office) if office else None
        if setup is None:
            return None
        opened = open_setup(stores.setups.package(setup.manifest), self._context.now())
        plans = tuple(plan.id for plan in opened.content.plans)
        return CityOffice(setup.org, opened.office.name, opened.telephone, setup.serial, plans)


def _chosen(found: tuple[CompilationVersion, ...], version: int | None) -> CompilationVersion | None:
    if version is not None:
        return next((one for one in found if one.version == version), None)
    return next((one for one in found if one.approved), found[0] if found else None)


def _expected(city: CityOffice | None) -> CityOffice:
    if city is None:
        raise NotReady(
            "市の設定ファイルを、まだ取り込んでいません。取りまとめは変わっていません。\n"
            "「区の設定」の「市への提出」で、市から受け取った設定ファイルを取り込んでください。",
            code="ward_report.no_city",
        )
    return city


def _same(stores: Stores, compilation: WardCompilation) -> Submission | None:
    """The package that was made of this version before.

    Raises:
        NotReady: the number belongs to another plan's version, or a newer version was made.
    """
    package_id = package_of(stores, compilation.id)
    if package_id is not None:
        return stores.submissions.get(package_id)
    newest = stores.submissions.newest(compilation.ward, compilation.fiscal_year)
    if newest is not None and newest.revision >= compilation.version:
        raise NotReady(
            f"市へ送るファイルは、もう第{newest.revision}版を作ってあります。取りまとめは変わっていません。\n"
            "「作り直す」で新しい版を作ってから、送ってください。",
            code="ward_report.older",
        )
    return None


def _check(compilation: WardCompilation, city: CityOffice, unverified: bool) -> None:
    if compilation.plan_id not in city.plans:
        raise NotReady(
            "この計画は、市の設定ファイルにありません。取りまとめは変わっていません。\n"
            "市へ送るのは、市の計画の取りまとめです。計画を選び直すか、市に新しい設定ファイルをもらってください。",
            code="ward_report.plan",
        )
    if not (compilation.council.approved or unverified):
        raise NotReady(
            "この取りまとめは、まだ協議会の検証を終えていません。取りまとめは変わっていません。\n"
            "検証を終えてから送るか、途中の報告として送ることを選んでください。",
            code="ward_report.unverified",
        )
    council = compilation.council
    texts = [council.attendance, council.verification]
    texts += [text for one in compilation.findings for text in (one.outcome, one.challenge, one.approach)]
    if council.unread or any(map(_is_too_long, texts)):
        raise NotReady(
            "読み取れない日付か、長すぎる文章があります。取りまとめは変わっていません。\n"
            f"協議会の開催日と、{_MOST_CHARACTERS:,}文字をこえる文章を直してください。",
            code="ward_report.words",
        )


def _is_too_long(text: str) -> bool:
    return len(text) > _MOST_CHARACTERS or len(text.encode()) > _MOST_BYTES
