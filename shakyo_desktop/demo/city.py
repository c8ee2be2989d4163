"""One level up: the ward joins its city, sends what it compiled of last year, and reads the city's answer."""

from shakyo_desktop.demo.handing import current_year, expect
from shakyo_desktop.demo.running import KEY_FILE, Journey
from shakyo_desktop.services.founding import confirm_recovery, found_office
from shakyo_desktop.services.known_organisations import FICTIONAL_CITY, FICTIONAL_WARD


def send_to_city(journey: Journey) -> None:
    """Found the city, join it, hand the ward's report over, and bring the receipt back."""
    with journey.step("みほん市の市社協を始め、区の設定ファイルと控えを作りました"):
        _found(journey)
    with journey.step("区事務所が、控えの番号を入れて市の設定を取り込みました"):
        _join(journey)
    with journey.step("区の取りまとめを市へ送るファイルにして、送付票を作りました"):
        _send(journey)
    with journey.step("市社協が確認番号で登録を認め、受け取りました"):
        _receive(journey)
    with journey.step("市社協の受領証を、区事務所が受け取りました"):
        _answer(journey)


def _found(journey: Journey) -> None:
    founded = found_office(journey.folder("city"), FICTIONAL_CITY, "みほん 市職員", KEY_FILE)
    confirm_recovery(journey.folder("city"), founded.recovery_identity)
    city = journey.city = journey.open_services(journey.plan.directory / "city")
    city.setups.issue()
    city.setups.write(journey.folder("files"))
    journey.save_document("市の設定の控え.pdf", city.setups.slips())
    keys = journey.folder("keys")
    own = city.settings.own_keys()
    (keys / f"{own.org}.pem").write_text(own.certificate_pem, encoding="ascii")
    sheet = city.settings.recovery_sheet()
    (keys / "city-recovery.txt").write_text(sheet.text + "\n", encoding="ascii")


def _join(journey: Journey) -> None:
    city = journey.the_city()
    numbers = {code: number for code, _, number in city.setups.slip_numbers()}
    setup = city.setups.current()
    if setup is None:
        raise ValueError("the city has no setup")
    file = journey.folder("files") / setup.file_name
    journey.the_ward().setups.accept_new_office_key(file.read_bytes(), numbers[FICTIONAL_WARD.code])


def _send(journey: Journey) -> None:
    ward = journey.the_ward()
    compilation = ward.ward_report.to_send(_year(journey))
    submission = ward.ward_report.freeze(compilation.id)
    ward.ward_report.write(submission.package_id, journey.folder("files"))
    sheet = ward.ward_report.cover_sheet(submission.package_id)
    journey.save_document(f"送付票-{FICTIONAL_WARD.code}-第{submission.revision}版.pdf", sheet)


def _year(journey: Journey) -> int:
    """The last year that is over: this year's reports go on coming."""
    return current_year(journey.the_ward()) - 1


def _receive(journey: Journey) -> None:
    ward, city = journey.the_ward(), journey.the_city()
    [sent, *_] = ward.ward_report.sent(_year(journey))
    file = journey.folder("files") / sent.submission.file_name
    expect(city.intake.receive([file]), "pending_approval")
    number = ward.settings.check_number()
    expect(city.registrations.approve_matching(FICTIONAL_WARD.code, number), "accepted")


def _answer(journey: Journey) -> None:
    city = journey.the_city()
    for submission in city.review.undecided():
        city.review.accept(submission.package_id)
    for written in city.answers.write(journey.folder("files")):
        expect(journey.the_ward().intake.receive([written.path]), "accepted")
