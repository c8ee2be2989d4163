"""区取りまとめ表 and 協議会資料: every figure with its coverage, every source in full."""

import re
from dataclasses import replace

import pytest

from shakyo_desktop.documents.pdf.compilation.meeting_pack import make_meeting_pack
from shakyo_desktop.documents.pdf.compilation.summary_table import make_summary_table
from shakyo_desktop.domain.compilation import CouncilVerification
from shakyo_desktop.domain.compilation_figures import sources_mark, whole_last_year, whole_sums
from tests.documents.compilations import HOSTILE, mapped_paper, paper, unconfirmed_paper
from tests.documents.pdf_reading import fonts_of, made, text_of

MAKERS = {"summary table": make_summary_table, "meeting pack": make_meeting_pack}
each = pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)


@each
def test_every_page_names_version_year_day_coverage_and_the_mark_of_the_sources(make, tmp_path):
    data = paper(3, 1)
    pdf, printed = made(make, data)
    text = text_of(pdf, tmp_path)
    foot = f"R9.6.12報告2/3地区部会出典{sources_mark(data.compilation)[:16].upper()}"
    assert text.count(foot) == printed.pages > 5
    assert text.count("第2版みほん区事務所令和8年度") == printed.pages
    assert f"{printed.pages}/{printed.pages}ページ" in text


@each
def test_every_source_stands_there_in_full_and_who_is_missing_is_named(make, tmp_path):
    data = paper(12, 2)
    text = text_of(made(make, data)[0], tmp_path)
    manifests = [one.manifest for one in data.compilation.sources if one.manifest]
    assert len(manifests) == 10
    for manifest in (*manifests, sources_mark(data.compilation)):
        assert manifest.upper() in text
    missing = text[text.index("次の地区部会の数字は、どの合計にも入っていません") :]
    assert missing.index("990011-11みほん森地区部会") < missing.index("990011-12みほん泉地区部会")


@each
def test_reports_that_were_not_accepted_are_named_on_the_first_page_and_at_every_foot(make, tmp_path):
    pdf, printed = made(make, unconfirmed_paper())
    text = text_of(pdf, tmp_path)
    assert "※確定していない報告を含みます：みほん東地区部会" in text
    assert text.count("報告3/3地区部会未確定を含む出典") == printed.pages
    assert "未確定を含む" not in text_of(made(make, paper(3))[0], tmp_path)


@each
def test_a_sum_says_how_many_districts_it_covers_and_what_it_was_last_year(make, tmp_path):
    data = paper(12, 2)
    text = text_of(made(make, data)[0], tmp_path)
    for _, rolled in data.items:
        for one in rolled.sums:
            before = next(s for s in rolled.last_year.sums if s.code == one.code)
            if one.total is None:
                continue
            row = f"{one.label}{one.total:,}{one.unit}{one.stated}/12地区部会"
            assert f"{row}{before.total:,}{before.unit}{before.stated}/12地区部会" in text
    assert re.search("実人数足しません[0-9]+/12地区部会", text)


@each
def test_nobody_reported_is_no_zero(make, tmp_path):
    data = paper(2, 2, text="")
    text = text_of(made(make, data)[0], tmp_path)
    assert "報告0/2地区部会" in text
    assert "数字の報告はありません" in text
    assert "延べ参加0人" not in text


@each
def test_rare_characters_print_and_what_cannot_is_listed_in_the_document(make, tmp_path):
    pdf, printed = made(make, paper(1, text="𠮷田さんと髙﨑さん🙂<b>&amp;"))
    text = text_of(pdf, tmp_path)
    assert "𠮷田さんと髙﨑さん〓<b>&amp;" in text
    assert {one.character for one in printed.missing_glyphs} == {"🙂"}
    assert "U+1F642" in text[text.index("印刷できなかった文字") :]
    assert {embedded for _, embedded, _ in fonts_of(pdf, tmp_path)} == {"yes"}


@each
@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_printed_as_it_is(make, text, tmp_path):
    printed = text_of(made(make, paper(1, text=text))[0], tmp_path)
    visible = text.removeprefix("\t").removeprefix("\r").replace("\x0b", "〓")
    assert visible in printed


@each
def test_items_and_directions_stand_in_the_side_bar(make):
    pdf, _ = made(make, paper(1))
    assert pdf.count(b"/Dest") > 21 + 5


def test_the_council_has_blank_boxes_until_it_has_met(tmp_path):
    waiting = replace(paper(1).compilation, council=CouncilVerification())
    text = text_of(made(make_summary_table, replace(paper(1), compilation=waiting))[0], tmp_path)
    assert "まだ検証していません" in text
    met = text_of(made(make_summary_table, paper(1))[0], tmp_path)
    for words in ("令和9年6月10日（木）", "委員12人", "よく進んでいます。", "検証済み"):
        assert words in met
    assert "受付（市社協）" in met


def test_the_pack_shows_the_whole_the_districts_and_the_good_practices(tmp_path):
    data = paper(12, 2)
    text = text_of(made(make_meeting_pack, data)[0], tmp_path)
    earlier = whole_last_year(data.compilation)
    for one in whole_sums(data.compilation):
        assert f"{one.total:,}{one.unit}" in text
        assert f"（{one.stated}/12地区部会）" in text
        before = earlier[one.code]
        assert f"前年度{before.total:,}{before.unit}" in text
        assert f"（最大{before.stated}/12地区部会）" in text
    assert "みほん森地区部会（未着）" in text
    assert "「朝のあいさつ」みほん東地区部会" in text
    assert text.count("毎") == 30 * 4  # a page may end within a sentence
    assert "成果：顔の見える関係ができました。" in text


def test_the_pack_tells_a_practice_in_the_wards_words_where_there_are_some(tmp_path):
    data = paper(1)
    items = tuple(
        replace(
            item,
            practices=tuple(
                replace(one, shared_title="声をかけ合う町", shared_story="区が整えた文。")
                for one in item.practices
            ),
        )
        for item in data.compilation.items
    )
    data = replace(data, compilation=replace(data.compilation, items=items))
    text = text_of(made(make_meeting_pack, data)[0], tmp_path)
    assert "「声をかけ合う町」みほん東地区部会" in text
    assert "区が整えた文。" in text
    assert "区事務所が整えた文です" in text
    assert "朝のあいさつ" not in text


def test_a_plan_s_own_words_and_a_long_scale_are_printed(tmp_path):
    data = paper(1)
    scale = tuple(
        replace(level, words=f"とても長い評価の言葉{level.code}") for level in data.plan.rating_scale
    )
    text = text_of(
        made(make_summary_table, replace(data, plan=replace(data.plan, rating_scale=scale)))[0], tmp_path
    )
    assert "とても長い評価の言葉excellent" in text


def test_the_meeting_pack_says_what_came_from_another_plan(tmp_path):
    text = text_of(made(make_meeting_pack, mapped_paper())[0], tmp_path)
    assert "合計には、つながりのあるほかの計画の項目の分が入っています。" in text
    assert "「みほん第7次計画」6見守りから開催回数12回（1地区部会）" in text
