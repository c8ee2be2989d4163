"""Does a text seem to name people? A help against slips, not a proof.

It prefers to miss a rare name over stopping honest words: a frequent surname with an honorific is strong
evidence, any other word with さん is weak, and names one after another are a list.
"""

import re
from functools import cache

LIST_LENGTH = 3  # so many names one after another are a list of people
_LONGEST_PART = 24  # a numbered full name with its honorific and age is shorter

# The most frequent surnames; together about half of the population.
_SURNAMES = re.findall(
    r"\S+",
    """
    佐藤 鈴木 高橋 髙橋 田中 伊藤 渡辺 渡邊 渡邉 山本 中村 小林 加藤 吉田 𠮷田 山田 佐々木 山口 松本 井上
    木村 林 斎藤 斉藤 齋藤 齊藤 清水 山崎 山﨑 阿部 森 池田 橋本 山下 石川 中島 前田 藤田 小川 後藤 岡田
    長谷川 村上 近藤 石井 坂本 遠藤 青木 藤井 西村 福田 太田 三浦 岡本 松田 中川 中野 原田 小野 田村 竹内
    金子 和田 中山 藤原 石田 上田 森田 原 柴田 酒井 工藤 横山 宮崎 宮本 内田 高木 安藤 谷口 大野 丸山 今井
    高田 藤本 武田 村田 上野 杉山 増田 平野 大塚 千葉 久保 松井 小島 岩崎 桜井 野口 松尾 野村 木下 菊地 菊池
    佐野 大西 杉本 新井 浜田 古川 市川 水野 小松 島田 小山 高野 山内 西田 西川 五十嵐 北村 安田 中田 川口
    平田 川崎 飯田 東 本田 久保田 吉川 中西 沢田 辻 関 吉村 渡部 岩田 秋山 永井 大久保
    """,
)
_KANJI = "[々一-鿿豈-\ufaff\U00020000-\U000323af]"
_LONG = "(?:" + "|".join(sorted((name for name in _SURNAMES if len(name) > 1), key=len, reverse=True)) + ")"
_SHORT = f"(?<!{_KANJI})(?:" + "|".join(name for name in _SURNAMES if len(name) == 1) + ")"
# Without a space a given name in hiragana cannot be told from a particle (林のみなさん).
_GIVEN = rf"(?P<given>{_KANJI}{{1,3}}|[ァ-ヶー]{{2,4}}|[ ](?:{_KANJI}|[ぁ-んァ-ヶー]){{1,4}})"
_HONORIFIC = rf"[ ]?(?:さん(?!ぽ)|さま(?!ざま)|様|氏|殿|ちゃん|くん|君)(?!(?![宅邸家方]){_KANJI})"
_ANY_HONORIFIC = re.compile("さん|さま|[様氏殿君]|ちゃん|くん")
_STRONG = rf"(?:{_LONG}|{_SHORT}){_GIVEN}??{_HONORIFIC}"
_WEAK = re.compile(
    rf"(?<!{_KANJI})(?P<given>{_KANJI}{{1,5}}(?:[ ]{_KANJI}{{1,4}})?)[ ]?(?:さん(?!ぽ)|さま(?!ざま))"
)
_FULL_NAME = rf"{_LONG}(?P<given>[ ]?{_KANJI}{{1,3}}|[ ]?[ぁ-ん]{{2,4}}|[ ]?[ァ-ヶー]{{2,4}})"
_DIVIDED_NAME = rf"(?P<given>{_KANJI}{{1,4}}[ ](?:{_KANJI}|[ぁ-んァ-ヶー]){{1,4}})"
# What stands beside a surname or an honorific and still is a place, a group, a role or a work.
_NOT_A_PERSON = re.compile(
    "[校館所丁区市県駅店寺院室台丘橋社団班局隊街屋師員協会]|園(?![子美江])|町(?!子)|[長手家方]$|[養護防税理転力博]士|"
    "家族|家庭|手芸|手話|手品|友達|[人者]達|地区|地域|神社|病院|部会|クラブ|講習|"
    "建設|水道|工業|電気|電器|商事|産業|物産|食品|歯科|薬局|製薬|薬品|運送|運輸|交通|自動車|不動産|技研|製作|製菓|印刷|銀行|"
    "婦人|老人|外国人|青年部|女性部|訓練|研修|活動|訪問|体制|点検|確認|説明|講座|"
    "相談|見守|高齢|住民|代表|担当|利用者|参加|支援|世帯|民生|自治|児童|子ども|大学|学生|生徒|先生|看護|企業|準備|"
    "配布|開催|実施|整備|患者|業者|本人|新人|大工|駐在|巡査|警察|消防|同様|多様|皆|奥|客|両|[父母兄姉弟妹娘孫妻夫嫁婿祖叔伯爺婆嬢]|"
    "息子|親|隣|神|仏|王"
)
_ALONE_NOT_A_PERSON = frozenset({"子", "人", "数", "何", "女", "男", "赤", "猫", "犬", "鬼", "月", "日"})
_SEPARATOR = re.compile(r"[\n、,・/;|。]+")
_DECORATION = re.compile(r"^[\s0-9().*○●◎□■:-]+|\s*[(]?[0-9]{1,3}[歳才]?[)]?\s*$|[歳才()]\s*$|\s+$")


def names_somebody(text: str) -> bool:
    """Whether a frequent surname stands with an honorific (山田さん, 山田花子様); ``text`` in NFKC."""
    return bool(_strong_names(text))


def looks_like_name(text: str) -> bool:
    """Whether the text seems to name a person, also by a word with さん or in a list; ``text`` in NFKC."""
    weak = any(_is_person(found["given"]) for found in _WEAK.finditer(text))
    return weak or names_somebody(text) or looks_like_list_of_people(text)


def looks_like_list_of_people(text: str) -> bool:
    """Whether three or more names stand one after another; ``text`` in NFKC.

    Names may be divided by lines, marks or spaces, numbered or with an age, with or without honorifics.
    """
    if len(_strong_names(text)) >= LIST_LENGTH:
        return True
    parts = [part for part in _SEPARATOR.split(text) if part]
    words = [word for part in parts for word in part.split()]
    divisions = (parts,) if words == parts else (parts, words)
    return any(_are_names(division) for division in divisions)


def _are_names(parts: list[str]) -> bool:
    """Whether enough of the parts are different names; stops as soon as there cannot be enough any more."""
    left = [part for part in parts if 1 < len(part) <= _LONGEST_PART]
    found: set[str] = set()
    while len(found) < LIST_LENGTH <= len(found) + len(left):
        part = left.pop()
        if _is_name(_DECORATION.sub("", part)):
            found.add(part)
    return len(found) >= LIST_LENGTH


# Compiled when the first text is looked at: the start of the program does not wait for it.
@cache
def _strong() -> re.Pattern[str]:
    return re.compile(_STRONG)


@cache
def _full_names() -> tuple[re.Pattern[str], ...]:
    return re.compile(_FULL_NAME), re.compile(_DIVIDED_NAME)


def _strong_names(text: str) -> set[str]:
    if not _ANY_HONORIFIC.search(text):
        return set()
    return {found[0] for found in _strong().finditer(text) if _is_person(found["given"] or "")}


def _is_name(part: str) -> bool:
    patterns = (_strong(), _WEAK, *_full_names()) if _ANY_HONORIFIC.search(part) else _full_names()
    for pattern in patterns:
        found = pattern.fullmatch(part)
        if found is not None:
            return _is_person(found["given"] or "")
    return False


def _is_person(word: str) -> bool:
    return word not in _ALONE_NOT_A_PERSON and not _NOT_A_PERSON.search(word)
