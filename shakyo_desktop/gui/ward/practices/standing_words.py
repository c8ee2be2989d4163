"""Where a story stands, as a mark of its row and as the sentence that says what to do."""

from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.sharing import Standing, faults_of, warnings_of
from shakyo_desktop.gui.shared.marks import Mark
from shakyo_desktop.services.practice_rows import PracticeRow

MARKS = {
    Standing.OPEN: Mark("－", "まだ", "#1a1a1a", "#ffffff"),
    Standing.CHOSEN: Mark("✓", "選びました", "#115a36", "#e6f5ec"),
    Standing.CHANGED: Mark("△", "文が変わった", "#6e5600", "#fbf5e0"),
    Standing.FAULTY: Mark("△", "直すところ", "#6e5600", "#fbf5e0"),
    Standing.NO_CONSENT: Mark("×", "同意なし", "#1a1a1a", "#e8e8e8"),
    Standing.WITHDRAWN: Mark("×", "同意の取り下げ", "#8b3200", "#ffffff"),
    Standing.GONE: Mark("×", "報告にない", "#8b3200", "#ffffff"),
}
TONES = {
    Standing.OPEN: "plain",
    Standing.CHOSEN: "saved",
    Standing.CHANGED: "warning",
    Standing.FAULTY: "warning",
    Standing.NO_CONSENT: "plain",
    Standing.WITHDRAWN: "problem",
    Standing.GONE: "problem",
}
_SENTENCES = {
    Standing.OPEN: "同意のある事例です。文をととのえて「この事例を選ぶ」を押すと、印刷と返事に入ります。",
    Standing.CHOSEN: "選びました。印刷に入り、これから保存する返事といっしょに、ほかの地区部会に届きます。",
    Standing.CHANGED: (
        "選んだあとで、地区部会がもとの文を変えました。右の文と見くらべて、よければ「この文のままでよい」を押してください。"
    ),
    Standing.FAULTY: "選びましたが、直すところがあるので、印刷にも返事にも入りません。",
    Standing.NO_CONSENT: (
        "紹介してよいという同意の印がないので、選べません。地区部会に確かめ、印を付けて出し直してもらってください。"
    ),
    Standing.WITHDRAWN: (
        "新しい報告で、同意の印がなくなりました。印刷にも、これから保存する返事にも入りません。すでに渡したものは戻せません。"
    ),
    Standing.GONE: (
        "新しい報告に、この事例はありません。印刷にも、これから保存する返事にも入りません。すでに渡したものは戻せません。"
    ),
}


def sentence(row: PracticeRow) -> str:
    """What is so, and what to do next."""
    parts = [_SENTENCES[row.standing]]
    if row.standing is Standing.FAULTY:
        parts += faults_of(row.wording)
    parts += [f"{words}名前や住所が出ないか、読み直してください。" for words in warnings_of(row.wording)]
    return "".join(parts)


def place_words(row: PracticeRow) -> str:
    """District, year and item of a story."""
    wording = row.wording
    item = f"{wording.item_number} {row.item_name}".strip()
    return f"{row.org_name}　{fiscal_year_name(wording.fiscal_year)}　{item}"
