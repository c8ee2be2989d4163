"""A ward's own plan of thirty items with numbers of its own, as an office would bring it."""

from shakyo_desktop.domain.codes import ActivityKind, Reporter
from shakyo_desktop.domain.plan import Direction, Goal, Item, Measure, Plan

_NAMES = (
    ("見守り活動の推進", ActivityKind.WATCH),
    ("ひとり暮らし高齢者への声かけ訪問", ActivityKind.WATCH),
    ("災害時要配慮者の名簿づくり", ActivityKind.DISASTER),
    ("地域の居場所づくり", ActivityKind.GATHERING),
    ("ふれあい・いきいきサロン", ActivityKind.GATHERING),
    ("子育てサロンの開催", ActivityKind.GATHERING),
    ("ふれあい食事サービス", ActivityKind.MEAL),
    ("子ども食堂への協力", ActivityKind.MEAL),
    ("散歩クラブ", ActivityKind.GATHERING),
    ("買い物の支えあい", ActivityKind.MUTUAL_AID),
    ("ちょっとした家事の手伝い", ActivityKind.MUTUAL_AID),
    ("外出の付き添い", ActivityKind.MUTUAL_AID),
    ("ボランティア養成講座", ActivityKind.TRAINING),
    ("福祉教育の推進", ActivityKind.TRAINING),
    ("認知症の理解を広げる講座", ActivityKind.TRAINING),
    ("身近な相談の場づくり", ActivityKind.LIAISON),
    ("民生委員・児童委員との連携", ActivityKind.LIAISON),
    ("自治会・老人クラブとの連携", ActivityKind.LIAISON),
    ("社会福祉法人との協働", ActivityKind.LIAISON),
    ("企業・大学との協働", ActivityKind.LIAISON),
    ("防災訓練への参加", ActivityKind.DISASTER),
    ("避難所の運営の話し合い", ActivityKind.DISASTER),
    ("広報紙の発行", ActivityKind.OTHER),
    ("ホームページでの発信", ActivityKind.OTHER),
    ("赤い羽根共同募金への協力", ActivityKind.OTHER),
    ("役員の研修", ActivityKind.TRAINING),
    ("事務の引き継ぎ", ActivityKind.OTHER),
    ("区の推進協議会の開催", ActivityKind.OTHER),
    ("区のつどいの開催", ActivityKind.OTHER),
    ("計画の進み具合の点検", ActivityKind.OTHER),
)


def thirty_items() -> Plan:
    """Items 101 to 110, 201 to 210, 301 to 310; the last three are the ward office's own."""
    items = []
    for at, (name, kind) in enumerate(_NAMES):
        number = (at // 10 + 1) * 100 + at % 10 + 1
        reporter = Reporter.WARD_OFFICE if at >= len(_NAMES) - 3 else Reporter.DISTRICT
        measures = (Measure("bags", "配った防災袋", "袋"),) if at == 20 else ()
        items.append(
            Item(number, (at // 10 + 1) * 10, name, kind, reporter, at % 7 == 0, at % 9 == 0, measures)
        )
    return Plan(
        id="mihon-ku-4",
        name="みほん区地域福祉計画（第4期・共助の取組み）",
        owner="みほん区",
        first_fiscal_year=2024,
        last_fiscal_year=2029,
        goals=(Goal(1, "みんなで支えあうまち"), Goal(2, "安心して暮らせるまち")),
        directions=(
            Direction(10, 1, "支えあいの輪を広げる"),
            Direction(20, 1, "担い手を育て、つながる"),
            Direction(30, 2, "いざというときに備え、知らせる"),
        ),
        items=tuple(items),
    )
