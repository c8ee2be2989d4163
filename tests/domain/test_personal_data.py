import pytest

from shakyo_desktop.domain.personal_data import (
    looks_like_address,
    looks_like_list_of_people,
    looks_like_name,
    looks_like_telephone,
    names_somebody,
)

NAMED = [
    "山田さん",
    "山田花子様宅を訪問",
    "高橋さんと石川さん",
    "社協の田中さん",
    "民生委員鈴木さんが",
    "𠮷田さん",
    "渡邉\U000e0101さん",
    "山田 はなこ様",
    "ヤマダではなく山田氏",
    "山田達也さん",
    "山田貴士さん",
    "鈴木園子様",
    "小林長治さん",
]
NOT_NAMED = [
    "林のみなさん",
    "皆さん",
    "お母さん方",
    "お子さん",
    "千葉市さん",
    "山田町会さん",
    "原田商店さん",
    "利用者様",
    "大工さん",
    "多様な交流",
    "同様に実施",
    "仕様を確認",
    "上田さんぽ会",
    "散歩クラブ",
    "みんなで体操をしました。",
    "運転手さん",
    "管理栄養士さん",
    "山田弁護士さん",
    "友達さん",
    "婦人部さんの豚汁",
    "外国人さん",
    "大塚製薬さんの寄付",
    "本田技研様より寄付",
]
# What volunteers write in 内容 and メモ, without anything personal in it.
ORDINARY = [
    "花見川区の公園で散歩をしました。",
    "中央区役所の職員に来ていただきました。",
    "千葉市立みほん小学校の児童20人と交流しました。",
    "民生委員さんと一緒に見守りをしました。",
    "保健師さんから健康の話を聞きました。",
    "山田会長のあいさつで始まりました。",
    "ボランティアさんが6人来てくれました。",
    "みほん自治会さんと合同で防災訓練を行った。",
    "参加費200円、持ち物は水筒とタオル。",
    "10時～12時、第2土曜日に開催。",
    "美浜区高洲3丁目集会所で開催した。",
    "みつわ台2-3丁目の方に声をかけた。",
    "稲毛区4-2組の防災訓練",
    "第1-2-3週に実施",
    "次の会は1-2-3月に行う",
    "4-9月は屋外で実施した。",
    "A-1-2-3の班に分かれた。",
    "参加者は20-30人",
    "落語家さんの落語を楽しんだ。",
    "店長さんのご厚意で場所を借りた。",
    "看護師さん、栄養士さん、保健師さんが来た。",
    "一人暮らしのおばあさん宅を訪問した。",
    "ひとり暮らし高齢者宅を訪問した。",
    "青木団地、千葉団地、高田団地を回った。",
    "上野公園、浅草寺、東京駅を巡った。",
    "桜井神社、平野神社、宮本神社を散策した。",
    "小松菜、大根、里芋を収穫した。",
    "はじめの会、体操、お茶、おわりの会",
    "新聞屋さん、郵便屋さん、ヤクルトさんと協定を結んだ。",
    "お巡りさんが交通安全の話をした。",
    "金子みすゞの詩、宮沢賢治の童話、新美南吉の絵本を読んだ。",
    "令和8年9月12日 10:00-12:00、予備日 2026/09/19",
    "受付番号 1000-12345、参加者数 1234 5678",
    "フードパントリーで50世帯に配布した。",
    "松本市、石川県、山口県からの見学者を迎えた。",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_sentences_raise_no_warning(text: str) -> None:
    assert not looks_like_name(text)
    assert not looks_like_address(text)
    assert not looks_like_telephone(text)


@pytest.mark.parametrize("text", NAMED)
def test_a_surname_with_an_honorific_names_somebody(text: str) -> None:
    assert names_somebody(text)
    assert looks_like_name(text)


@pytest.mark.parametrize("text", NOT_NAMED)
def test_honest_words_name_nobody(text: str) -> None:
    assert not looks_like_name(text)


def test_a_rarer_surname_is_weak_evidence() -> None:
    assert looks_like_name("朝比奈さんを訪問")
    assert not names_somebody("朝比奈さんを訪問")


LISTS = [
    "山田太郎、鈴木花子、佐藤一郎",
    "山田太郎，鈴木花子，佐藤一郎",
    "1. 山田太郎 82歳\n2. 鈴木花子 79歳\n3. 黒須 健一",
    "①山田太郎（82）\n②鈴木花子（79）\n③佐藤一郎（90）",
    "黒須 健一\n朝比奈 透\n四方田 実",
    "山田さんと鈴木さん、佐藤さん",
    "山田太郎 鈴木花子 佐藤一郎",
    "佐藤はな、鈴木みき、田中ゆう",
]
NOT_LISTS = [
    "炊出 訓練、避難 訓練、給水 訓練",
    "石川県、千葉県、宮崎県",
    "山本公園、石田公園、中野公園",
    "大野地区、和田地区、原田地区",
    "青木建設、石井工務店、山下水道",
    "消火器、担架、毛布",
    "自治会、民児協、老人クラブ",
    "会長、副会長、会計",
    "初期消火\n避難誘導\n炊き出し",
    "山田さんと鈴木さん",
    "",
]


@pytest.mark.parametrize("text", LISTS)
def test_three_names_one_after_another_are_a_list(text: str) -> None:
    assert looks_like_list_of_people(text)


@pytest.mark.parametrize("text", NOT_LISTS)
def test_things_places_and_groups_are_not_a_list_of_people(text: str) -> None:
    assert not looks_like_list_of_people(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("043-123-4567", True),
        ("０９０－１２３４－５６７８", True),
        ("(043)123-4567", True),
        ("連絡は0431234567まで", True),
        ("電話 043 123 4567", True),
        ("+81-90-1234-5678", True),
        ("2026-04-01", False),
        ("10:00-12:30", False),
        ("1200食 340人", False),
        ("20260401", False),
        ("12-34-56", False),
    ],
)
def test_a_telephone_number_is_recognised(text: str, expected: bool) -> None:
    assert looks_like_telephone(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("みほん町1-2", True),
        ("みほん町１－２－３", True),
        ("中央3丁目4", True),
        ("5番6号", True),
        ("〒260-0001", True),
        ("みほんケ丘1-2-3", True),
        ("121番地", True),
        ("幸町2-12自治会館", True),
        ("若葉区千城台北3-2-1に集合", True),
        ("中央3丁目の公園", False),
        ("第3回", False),
        ("R8-4-1", False),
        ("2026-4-1", False),
        ("3-4人", False),
        ("区民センター", False),
    ],
)
def test_an_address_is_recognised_by_its_house_number(text: str, expected: bool) -> None:
    assert looks_like_address(text) is expected
