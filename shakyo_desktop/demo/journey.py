"""The journey: a ward and its districts, from the first setup file to the last receipt."""

import json
import random
from collections.abc import Callable
from pathlib import Path

from shakyo_desktop.demo.city import send_to_city
from shakyo_desktop.demo.compiling import compile_years
from shakyo_desktop.demo.earlier_years import write_earlier_years
from shakyo_desktop.demo.fiction import district_names, fictional_contact
from shakyo_desktop.demo.handing import answer, current_year, expect, hand_in
from shakyo_desktop.demo.paper import print_forms, print_proof
from shakyo_desktop.demo.running import KEY_FILE, DemoPlan, Journey
from shakyo_desktop.demo.writing import ask_for_correction, correct_report, write_practices, write_year
from shakyo_desktop.domain.codes import Stage
from shakyo_desktop.domain.errors import NotReady
from shakyo_desktop.services.founding import confirm_recovery, found_office, join
from shakyo_desktop.services.known_organisations import FICTIONAL_WARD
from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.verified_write import made_folder


def run_journey(
    plan: DemoPlan,
    open_services: Callable[[Path], Services],
    draw_screens: Callable[[Services, Services, Path], list[Path]],
    say: Callable[[str], None],
) -> int:
    """Make everything under ``plan.directory``; 0 when every step went as it should."""
    journey = Journey(plan, open_services, say)
    try:
        _prepare(journey)
        _write(journey)
        _hand_over(journey, Stage.INTERIM, 1)
        write_earlier_years(journey)
        print_forms(journey)
        _ask_and_correct(journey)
        print_proof(journey)
        _hand_over(journey, Stage.FINAL, 2)
        _accept(journey)
        compile_years(journey)
        send_to_city(journey)
        _write_handover_books(journey)
        _leave_keys(journey)
        with journey.step("画面を描きました"):
            first = next(iter(journey.districts.values()))
            draw_screens(journey.the_ward(), first, journey.folder("screens"))
        _summarise(journey)
    finally:
        for services in (*journey.districts.values(), journey.ward, journey.city):
            if services is not None:
                services.close()
    return 0


def _prepare(journey: Journey) -> None:
    plan = journey.plan
    if any(made_folder(plan.directory).iterdir()):
        raise NotReady(
            f"{plan.directory} は空ではありません。新しいフォルダーを指定してください。何も変えていません。"
        )
    with journey.step("みほん区の区事務所を始めました"):
        founded = found_office(journey.folder("ward"), FICTIONAL_WARD, "みほん 事務", KEY_FILE)
        confirm_recovery(journey.folder("ward"), founded.recovery_identity)
        journey.ward = journey.open_services(plan.directory / "ward")
    ward = journey.the_ward()
    with journey.step(f"{plan.districts}地区部会の名簿と、はじめの設定ファイル・控えを作りました"):
        for place, name in enumerate(district_names(plan.districts), start=1):
            ward.roster.add(name, f"000-000-{place:04d}", f"みほん {fictional_contact(place)}")
        ward.setups.issue()
        setup_file = ward.setups.write(journey.folder("files"))
        journey.save_document("はじめの設定の控え.pdf", ward.setups.slips())
        numbers = ward.setups.slip_numbers()
    with journey.step("地区部会が、控えの番号を入れて始めました"):
        setup = setup_file.path.read_bytes()
        for org, name, number in numbers:
            folder = journey.folder(f"districts/{org}")
            joined = join(folder, setup, org, number, f"{name} 記録係", KEY_FILE)
            confirm_recovery(folder, joined.recovery_identity)
            journey.districts[org] = journey.open_services(folder)


def _write(journey: Journey) -> None:
    plan = journey.plan

    def work(org: str, services: Services) -> None:
        write_year(services, plan.activities, plan.photos, random.Random(f"{plan.seed}/{org}"))
        write_practices(services)

    with journey.step(f"取組状況と活動記録（{plan.activities}件）と写真（{plan.photos}枚）を入力しました"):
        journey.for_each_district(work)


def _hand_over(journey: Journey, stage: Stage, revision: int) -> None:
    files = journey.folder("files")
    before = set(files.iterdir())
    with journey.step(f"第{revision}版の提出ファイルと送付票を作りました"):
        journey.for_each_district(
            lambda org, services: hand_in(journey, org, services, current_year(services), stage)
        )
    ward = journey.the_ward()
    with journey.step("区事務所が受け取りました"):
        verdicts = ward.intake.receive(sorted(set(files.iterdir()) - before))
        expect(verdicts, "pending_approval" if revision == 1 else "accepted")
    if revision == 1:
        with journey.step("確認番号を入れて登録を認め、待っていた報告を受け取りました"):
            for org, services in journey.districts.items():
                expect(ward.registrations.approve_matching(org, services.settings.check_number()), "accepted")


def _ask_and_correct(journey: Journey) -> None:
    ward = journey.the_ward()
    year = ward.settings.current_fiscal_year()
    with journey.step("内容を読み、確認のお願いを書きました"):
        for row in ward.review.overview(year):
            ask_for_correction(ward, row.package_id)
    answer(journey, "確認のお願い")
    with journey.step("返事を待っている地区部会への手紙と、受付状況の表を作りました"):
        journey.save_document(f"ご報告のお願い-{year}.pdf", ward.review.papers.letters(year))
        journey.save_document(f"受付状況-{year}.xlsx", ward.review.overview_workbook(year))

    with journey.step("地区部会がお願いの欄を開いて直しました"):
        for services in journey.districts.values():
            correct_report(services)


def _accept(journey: Journey) -> None:
    ward = journey.the_ward()
    with journey.step("第2版を確定しました"):
        for submission in ward.review.undecided():
            ward.review.accept(submission.package_id)
    answer(journey, "受領証")
    with journey.step("名簿と受付状況の表、控えを作りました"):
        year = ward.settings.current_fiscal_year()
        journey.save_document("地区部会の名簿.xlsx", ward.roster.template())
        journey.save_document(f"受付状況-{year}.csv", ward.review.overview_csv(year))
        rows = ward.review.overview(year)
        journey.save_document(
            f"受付状況-{year}.pdf", ward.review.papers.list_pdf(year, rows, f"{len(rows)}地区部会")
        )
        ward.backup.backup(journey.folder("documents") / "ward.hikae")


def _write_handover_books(journey: Journey) -> None:
    """What the first district's and the ward's officers would leave to the next ones."""
    org, district = next(iter(journey.districts.items()))
    with journey.step("次の担当者への引継書を作りました"):
        journey.save_document(f"引継書-{org}.pdf", district.handover.book())
        journey.save_document(f"引継書-{FICTIONAL_WARD.code}.pdf", journey.the_ward().handover.book())


def _leave_keys(journey: Journey) -> None:
    folder = journey.folder("keys")
    for org, services in (*journey.districts.items(), (FICTIONAL_WARD.code, journey.the_ward())):
        own = services.settings.own_keys()
        (folder / f"{org}.pem").write_text(own.certificate_pem, encoding="ascii")
        if org != FICTIONAL_WARD.code:
            (folder / f"{org}-mailbox.txt").write_text("\n".join(own.identities) + "\n", encoding="ascii")
    sheet = journey.the_ward().settings.recovery_sheet()
    (folder / "ward-recovery.txt").write_text(sheet.text + "\n", encoding="ascii")
    journey.save_document("復旧シート.pdf", sheet.pdf)


def _summarise(journey: Journey) -> None:
    plan = journey.plan
    files = sorted(journey.folder("files").iterdir())
    summary = {
        "districts": plan.districts,
        "activities": plan.activities,
        "photos": plan.photos,
        "seed": plan.seed,
        "compilations": journey.compilations,
        "files": {file.name: file.stat().st_size for file in files},
        "steps": [{"step": words, "seconds": round(seconds, 3)} for words, seconds in journey.steps],
        "seconds": round(sum(seconds for _, seconds in journey.steps), 3),
    }
    text = json.dumps(summary, ensure_ascii=False, indent=1) + "\n"
    (plan.directory / "summary.json").write_text(text, encoding="utf-8")
    journey.say(f"{summary['seconds']:7.2f} s  ぜんぶで。{plan.directory} にあります")
