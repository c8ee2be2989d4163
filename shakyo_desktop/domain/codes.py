"""The choices of the forms: stable codes for files and databases, Japanese words for people."""

from enum import StrEnum


class LabelledCode(StrEnum):
    """A string code with the words a person reads, in the order of the form.

    Members are found by their code alone, ``Stage("interim")``; only the definition gives the label.
    """

    label: str

    def __new__(cls, value: str, label: str = "") -> "LabelledCode":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class ImplementationState(LabelledCode):
    """実施状況. 未報告 is the system's word for a missing one and never a choice."""

    NOT_STARTED = "not_started", "未着手"
    PREPARING = "preparing", "準備中"
    RUNNING = "running", "実施"
    PARTIAL = "partial", "一部実施"
    SUSPENDED = "suspended", "休止"
    ENDED = "ended", "終了"
    NOT_APPLICABLE = "not_applicable", "対象外"


class SelfRating(LabelledCode):
    """自己評価, four levels and 評価しない; the words of a plan's own scale override these."""

    EXCELLENT = "excellent", "◎ 大きく進んだ"
    GOOD = "good", "○ おおむね予定どおり"
    FAIR = "fair", "△ 一部にとどまった"
    POOR = "poor", "× ほとんど進まなかった"
    NOT_RATED = "not_rated", "評価しない"


class ActivityKind(LabelledCode):
    """活動の種類: decides which figures fit (``fields.KIND_MEASURES``)."""

    GATHERING = "gathering", "サロン・交流"
    MEAL = "meal", "食事サービス"
    WATCH = "watch", "見守り"
    MUTUAL_AID = "mutual_aid", "支えあい"
    TRAINING = "training", "研修・啓発"
    LIAISON = "liaison", "連携・協働"
    DISASTER = "disaster", "災害への備え"
    OTHER = "other", "その他"


class Granularity(LabelledCode):
    """Whether an entry of the diary is one activity or the sums of one month."""

    EVENT = "event", "1回ごと"
    MONTHLY_TOTAL = "monthly_total", "1か月まとめて"


class OutcomeState(LabelledCode):
    """What became of an activity; 中止 and 延期 have a reason and no counts."""

    HELD = "held", "実施した"
    CANCELLED = "cancelled", "中止"
    POSTPONED = "postponed", "延期"
    SUBSTITUTE = "substitute", "別の方法で実施"


class Method(LabelledCode):
    """How people met."""

    IN_PERSON = "in_person", "集まって"
    VISIT = "visit", "訪問して"
    PHONE_LETTER = "phone_letter", "電話・手紙で"
    ONLINE = "online", "オンラインで"


class Beneficiary(LabelledCode):
    """The groups of ``Activity.breakdown``."""

    ELDERLY = "elderly", "高齢者"
    CHILDREN = "children", "子ども"
    GUARDIANS = "guardians", "保護者"
    DISABLED = "disabled", "障害のある人"
    OTHER = "other", "その他"


class Partner(LabelledCode):
    """Who worked along (``Activity.partners``); their names stand in ``partners_text``."""

    NEIGHBOURHOOD = "neighbourhood", "自治会"
    WELFARE_COMMISSIONERS = "welfare_commissioners", "民児協"
    SENIORS_CLUB = "seniors_club", "老人クラブ"
    SCHOOL_PTA = "school_pta", "学校・PTA"
    UNIVERSITY = "university", "大学"
    WELFARE_CORPORATION = "welfare_corporation", "社会福祉法人"
    NPO = "npo", "NPO"
    COMPANY = "company", "企業"
    RED_CROSS = "red_cross", "赤十字奉仕団"
    YOUTH_COMMITTEE = "youth_committee", "青少年育成委員会"
    OTHER = "other", "その他"


class Support(LabelledCode):
    """必要な支援 (``ItemStatus.needs_support``)."""

    PEOPLE = "people", "人"
    PLACE = "place", "場所"
    MONEY = "money", "資金"
    INFORMATION = "information", "情報"
    TRAINING = "training", "研修"


class Source(LabelledCode):
    """Where a value came from."""

    DIRECT = "direct", "画面で入力"
    PAPER = "paper", "紙から入力"
    IMPORT = "import", "ファイルから"
    LAST_YEAR = "last_year", "前年度から"
    UNDO = "undo", "元に戻す"
    DRAFT = "draft", "書きかけから"


class Stage(LabelledCode):
    """Whether a report comes during the year (随時) or closes it."""

    INTERIM = "interim", "途中の報告"
    FINAL = "final", "年度の報告"


class Assembly(LabelledCode):
    """Whether the district's 総会 has seen the report."""

    BEFORE = "before", "総会の前"
    AFTER = "after", "総会の後"
    NONE = "none", "総会なし"


class Reporter(LabelledCode):
    """Who reports an item; the ward office's is never 未報告 for a district."""

    DISTRICT = "district", "地区部会"
    WARD_OFFICE = "ward_office", "区事務所"


class OrganisationKind(LabelledCode):
    """The three rungs: a district reports to its ward, a ward to the city."""

    CITY = "city", "市社協"
    WARD = "ward", "区事務所"
    DISTRICT = "district", "地区部会"


class ReportState(LabelledCode):
    """The life of a report: each state knows only what has happened to it so far."""

    DRAFT = "draft", "作成中"
    CONFIRMED = "confirmed", "部会長確認済み"
    EXPORTED = "exported", "提出ファイル作成済み"
    RECEIVED = "received", "受取済"
    REQUESTED = "requested", "確認のお願い中"
    ACCEPTED = "accepted", "確定"
    WITHDRAWN = "withdrawn", "取り下げ"


class ReplyResult(LabelledCode):
    """What an office says about one submission."""

    ACCEPTED = "accepted", "確定しました"
    ACCEPTED_WITH_REQUESTS = "accepted_with_requests", "確定しました（次回のお願いあり）"
    RETURNED = "returned", "確認をお願いします"


class KeyState(LabelledCode):
    """A signing key in the register (package format, "States")."""

    PENDING = "pending", "登録待ち"
    ACTIVE = "active", "登録済み"
    SUSPENDED = "suspended", "一時停止"
    REVOKED = "revoked", "取り消し"
    EXPIRED = "expired", "期限切れ"
    RETIRED = "retired", "引継ぎ済み"
