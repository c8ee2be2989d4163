"""復旧シート and はじめの設定の控え."""

import pytest

from shakyo_desktop.documents.pdf.recovery_sheet import identity_lines, make_recovery_sheet
from shakyo_desktop.documents.pdf.setup_slip import make_setup_slips, setup_slip_qr
from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.errors import DocumentFailed
from tests.documents.pdf_reading import made, text_of
from tests.documents.samples import IDENTITY, recovery_sheet, setup_slip


def test_the_lines_of_a_recovery_sheet_typed_together_are_the_identity():
    lines = identity_lines(IDENTITY)
    assert len(lines) == 3
    assert "AGE-SECRET-KEY-1" + "".join(lines).replace(" ", "") == IDENTITY


def test_a_recovery_sheet_holds_the_identity_its_owner_and_the_warnings(tmp_path):
    pdf, printed = made(make_recovery_sheet, recovery_sheet())
    text = text_of(pdf, tmp_path)
    for line in identity_lines(IDENTITY):
        assert line.replace(" ", "") in text
    for value in (
        "AGE-SECRET-KEY-1",
        "みほん区事務所（990011）",
        "令和9年6月12日14:05",
        "金庫",
        "写真にとらない",
        "メール",
    ):
        assert value in text
    assert printed.pages == 1


def test_only_an_office_is_told_that_the_paper_opens_submission_files(tmp_path):
    office = text_of(made(make_recovery_sheet, recovery_sheet())[0], tmp_path)
    district = recovery_sheet(role=OrganisationKind.DISTRICT, org_name="みほん東地区部会", recipient="")
    assert "提出ファイルも開く" in office
    assert "提出ファイルも開く" not in text_of(made(make_recovery_sheet, district)[0], tmp_path)


def test_a_text_that_is_no_identity_is_refused_without_repeating_it():
    with pytest.raises(DocumentFailed) as failure:
        made(make_recovery_sheet, recovery_sheet(identity="hello"))
    assert "hello" not in failure.value.message


def test_each_district_gets_a_page_of_its_own(tmp_path):
    slips = [
        setup_slip(org_code=f"990011-{n:02d}", org_name=f"みほん第{n}地区部会", number=f"{n:012d}")
        for n in (1, 2, 3)
    ]
    pdf, printed = made(make_setup_slips, slips)
    pages = text_of(pdf, tmp_path).split("1/1ページ")
    assert printed.pages == 3
    assert len(pages) == 4
    for slip, page in zip(slips, pages, strict=False):
        for value in (
            f"{slip.org_name}様",
            slip.org_code,
            f"0000-0000-000{slip.number[-1]}",
            "setup-990011-3.shakyo",
            "みほん区事務所電話000-000-0000",
        ):
            assert value in page
    assert b"/Outlines" in pdf


def test_no_district_means_no_slips():
    with pytest.raises(DocumentFailed) as failure:
        made(make_setup_slips, [])
    assert failure.value.code == "document.empty"


def test_the_qr_text_of_a_slip_names_the_district_and_its_number():
    assert setup_slip_qr(setup_slip()) == "SHAKYO/SETUP/1/990011-01/3/123456789012"
