"""Freezing a ward's report: one version of its compilation with its districts' evidence, signed and kept."""

from collections.abc import Iterable, Iterator

from shakyo_desktop import __version__
from shakyo_desktop.domain.codes import Assembly, Stage
from shakyo_desktop.domain.compilation import WardCompilation
from shakyo_desktop.domain.errors import NotReady
from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.domain.organisations import Office
from shakyo_desktop.domain.records import GoodPractice, Photo
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.exchange.container import MAX_CONTAINER, MAX_ENTRIES
from shakyo_desktop.exchange.content import Extra, PackageContent, PhotoSource, SignedPackage
from shakyo_desktop.exchange.district_evidence import evidence_extras
from shakyo_desktop.exchange.jpeg import MAX_PHOTO_BYTES, MAX_PHOTOS
from shakyo_desktop.exchange.package_info import ReportInfo
from shakyo_desktop.exchange.records import ward_tables
from shakyo_desktop.exchange.writer import sign_package
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.freezing import recipients_of
from shakyo_desktop.services.kept_reports import records_of, signed_entries
from shakyo_desktop.services.own_keys import own_keys
from shakyo_desktop.services.own_sequence import next_place
from shakyo_desktop.services.sent_packages import keep_signed, photo_source
from shakyo_desktop.services.setup_intake import current_serial
from shakyo_desktop.storage.stores import Stores

# What the container needs beside its contents: two headers and the name of each entry, generously.
_PER_ENTRY = 300
_SHARED = tuple[list[GoodPractice], list[Photo]]


def freeze_compilation(
    context: ServiceContext,
    stores: Stores,
    compilation: WardCompilation,
    offices: tuple[Office, ...],
    *,
    with_photos: bool,
) -> Submission:
    """Sign a version and keep it with its number, all in the caller's transaction.

    Args:
        offices: the city's keys.
        with_photos: send the photos of the good practices, those with consent.

    Raises:
        NotReady: it is larger than a file can be.
    """
    last = stores.submissions.newest(compilation.ward, compilation.fiscal_year)
    report = ReportInfo(
        org=compilation.ward,
        fiscal_year=compilation.fiscal_year,
        stage=Stage.FINAL if compilation.council.approved else Stage.INTERIM,
        assembly=Assembly.NONE,
        revision=compilation.version,
        supersedes=last.package_id if last else None,
    )
    signed = _sign(context, stores, compilation, report, offices, with_photos)
    keep_signed(stores, signed, recipients_of(offices), signed.info.created)
    submission = Submission(
        package_id=signed.info.package_id,
        manifest=signed.manifest,
        org=report.org,
        fiscal_year=report.fiscal_year,
        stage=report.stage,
        assembly=report.assembly,
        revision=report.revision,
        supersedes=report.supersedes,
        key=signed.info.sender.key,
        seq=signed.info.seq,
        prev=signed.info.prev,
        frozen_at=signed.info.created,
        file_name=f"{report.org}-{report.fiscal_year}-v{report.revision}.shakyo",
    )
    stores.submissions.add(submission)
    return submission


def _sign(
    context: ServiceContext,
    stores: Stores,
    compilation: WardCompilation,
    report: ReportInfo,
    offices: tuple[Office, ...],
    with_photos: bool,
) -> SignedPackage:
    keys, city = own_keys(stores), offices[0].org
    practices, photos = _shared(stores, compilation, with_photos)
    extras = list(_evidence(stores, compilation))
    sources = [photo_source(context, photo) for photo in photos]
    _check_size(extras, sources)
    seq, prev = next_place(stores, keys.signing.fingerprint, city)
    content = PackageContent(
        type="ward_report",
        package_id=new_id(context.now()),
        created_at=context.now(),
        app_version=__version__,
        recipient_org=city,
        recipients=recipients_of(offices),
        sender_enc=keys.mailbox.recipient,
        setup_serial=current_serial(stores, city),
        seq=seq,
        prev=prev,
        tables=ward_tables(compilation, practices),
        report=report,
        photos=sources,
        extras=extras,
    )
    return sign_package(content, keys.signing)


def _evidence(stores: Stores, compilation: WardCompilation) -> Iterator[Extra]:
    """Each district's report as it was signed, without its photos."""
    for source in compilation.sources:
        if source.manifest is not None:
            yield from evidence_extras(source.org, signed_entries(stores, source.manifest))


def _shared(stores: Stores, compilation: WardCompilation, with_photos: bool) -> _SHARED:
    """The compilation's practices in its own words, and their photos, both with consent."""
    packages = {one.org: one.package_id for one in compilation.sources if one.package_id}
    told = [(practice, item.item_number) for item in compilation.items for practice in item.practices]
    years = {
        org: records_of(stores, stores.submissions.get(packages[org]))
        for org in sorted({practice.org for practice, _ in told})
    }
    practices: list[GoodPractice] = []
    photos: dict[str, Photo] = {}
    for practice, number in told:
        year = years[practice.org]
        signed = next((one for one in year.good_practices if one.id == practice.practice_id), None)
        if signed is None or not signed.consent:
            continue  # only what the district itself signed with consent leaves the ward
        allowed = {one.id: one for one in year.photos if one.consent and one.id in signed.photo_ids}
        chosen = [one for one in signed.photo_ids if one in allowed] if with_photos else []
        photos |= {one: allowed[one] for one in chosen}
        practices.append(
            GoodPractice(
                id=practice.practice_id,
                org=practice.org,
                fiscal_year=compilation.fiscal_year,
                plan_id=compilation.plan_id,
                item_number=number,
                title=practice.title,
                story=practice.story,
                consent=signed.consent,
                photo_ids=tuple(chosen),
            )
        )
    return practices, list(photos.values())


def _check_size(extras: Iterable[Extra], photos: list[PhotoSource]) -> None:
    sizes = [*(one.size for one in extras), *(one.size for one in photos)]
    photo_bytes = sum(one.size for one in photos)
    many = len(photos) > MAX_PHOTOS or photo_bytes > MAX_PHOTO_BYTES
    if many or len(sizes) > MAX_ENTRIES - 8 or sum(sizes) + _PER_ENTRY * len(sizes) > MAX_CONTAINER - 2**20:
        raise NotReady(
            "市へ送るファイルが、1つのファイルで送れる大きさをこえます。\n取りまとめは変わっていません。\n"
            "成果事例の写真を入れずに、もう一度作ってください。",
            code="ward_report.size",
        )
