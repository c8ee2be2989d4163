"""Why a file cannot be taken in, in words: one sentence per situation, what is safe, one next action.

Source: the package format, "Reading order". The codes are for programs and a diagnosis; a person sees
the situation.
"""

from enum import StrEnum


class Situation(StrEnum):
    """What a person must know about a file that is not taken in."""

    DAMAGED = "damaged"
    NOT_OURS = "not_ours"
    NOT_REGISTERED = "not_registered"
    REGISTRATION_ENDED = "registration_ended"
    COMPUTER_STOPPED = "computer_stopped"
    COMPUTER_SUCCEEDED = "computer_succeeded"
    OTHER_OFFICE = "other_office"
    NEWER_VERSION = "newer_version"
    ALREADY_NEWER = "already_newer"
    TWO_VERSIONS = "two_versions"
    MADE_WRONGLY = "made_wrongly"
    FIRST_SETUP = "first_setup"


NO_KEY_FITS = "no key fits"  # details that change what a person should know or do
FROM_AN_OFFICE = "signed by an office"
NO_OFFICE_YET = "no office yet"

_BY_CODE = {
    "size.package": Situation.NOT_OURS,
    "env.header": Situation.NOT_OURS,
    "env.decrypt": Situation.DAMAGED,
    "sig.unknown_key": Situation.NOT_REGISTERED,
    "sig.parse": Situation.DAMAGED,
    "sig.profile": Situation.DAMAGED,
    "sig.alg": Situation.DAMAGED,
    "sig.bad": Situation.DAMAGED,
    "manifest.files": Situation.DAMAGED,
    "manifest.hash": Situation.DAMAGED,
    "key.pending": Situation.NOT_REGISTERED,
    "key.pending_full": Situation.NOT_REGISTERED,
    "key.expired": Situation.REGISTRATION_ENDED,
    "key.suspended": Situation.COMPUTER_STOPPED,
    "key.revoked": Situation.COMPUTER_SUCCEEDED,
    "key.retired": Situation.COMPUTER_SUCCEEDED,
    "setup.other_key": Situation.REGISTRATION_ENDED,
    "pkg.version": Situation.NEWER_VERSION,
    "pkg.critical": Situation.NEWER_VERSION,
    "bind.recipient": Situation.OTHER_OFFICE,
    "bind.role": Situation.OTHER_OFFICE,
    "bind.sender": Situation.NOT_REGISTERED,
    "report.revision": Situation.ALREADY_NEWER,
    "report.fork": Situation.TWO_VERSIONS,
    "report.after_final": Situation.TWO_VERSIONS,
    "report.city": Situation.TWO_VERSIONS,
    "seq.fork": Situation.TWO_VERSIONS,
}
_BY_FAMILY = {"zip": Situation.DAMAGED}

_HAPPENED = {
    Situation.DAMAGED: "このファイルは途中でこわれたか、書きかえられています。",
    Situation.NOT_OURS: "このファイルは、このプログラムのファイルではありません。",
    Situation.NOT_REGISTERED: "このファイルの差出人は、まだ登録されていません。",
    Situation.REGISTRATION_ENDED: "差出人の登録が、止まっているか、終わっているか、変わっています。",
    Situation.COMPUTER_STOPPED: "このファイルは、なくしたと連絡があって止めているパソコンで作られました。",
    Situation.COMPUTER_SUCCEEDED: "このファイルは、登録が終わった（取り消した）パソコンで作られました。",
    Situation.OTHER_OFFICE: "このファイルは、ほかのところあてに作られています。",
    Situation.NEWER_VERSION: "このファイルは、新しい版のプログラムで作られています。",
    Situation.ALREADY_NEWER: "これより新しいファイルを、すでに受け取っています。",
    Situation.TWO_VERSIONS: "同じ年度の報告が二とおりあります。",
    Situation.MADE_WRONGLY: "このファイルは、作ったときの不具合で、正しくできていません。",
    Situation.FIRST_SETUP: "このファイルは、市の設定ファイルです。まだ取り込んでいません。",
}
_SUCCEEDED = "key.retired"
_HAPPENED_HERE = {
    _SUCCEEDED: "このファイルは、引継ぎで終わった前の担当者の登録で作られています。",
}
_SAFE = {
    Situation.FIRST_SETUP: "これまでの記録は何も変わっていません。",
    Situation.NOT_REGISTERED: "これまでの記録は何も変わっていません。",
    Situation.TWO_VERSIONS: "どちらの内容も残っています。",
}
_NOTHING_CHANGED = "取り込みはしていません。これまでの記録は何も変わっていません。"
_NEXT = {
    Situation.DAMAGED: "差出人に、もう一度USBに保存してもらってください。",
    Situation.NOT_OURS: "このプログラムで作った提出ファイル（名前の最後が「.shakyo」）を選んでください。",
    Situation.NOT_REGISTERED: "送付票の確認番号を見て、差出人を登録してください。",
    Situation.REGISTRATION_ENDED: "名簿にある電話番号へ電話をして、差出人に確かめてください。",
    Situation.COMPUTER_STOPPED: "名簿にある電話番号へ電話をし、パソコンが見つかっていたら「登録の確認」の"
    "「見つかった」を押して、このファイルをもう一度受け取ってください。",
    Situation.COMPUTER_SUCCEEDED: "名簿にある電話番号へ電話をし、今のパソコンから出してもらってください。",
    Situation.OTHER_OFFICE: "ファイルのあて先を差出人に確かめてください。",
    Situation.NEWER_VERSION: "このパソコンのプログラムを新しくしてから、もう一度開いてください。",
    Situation.ALREADY_NEWER: "何もする必要はありません。",
    Situation.TWO_VERSIONS: "二つを見くらべて、どちらを使うか選んでください。",
    Situation.MADE_WRONGLY: "「診断の記録」を作り、プログラムの担当者に送ってください。",
    Situation.FIRST_SETUP: "「区の設定」の「市への提出」を開き、紙の番号を入れて取り込んでください。",
}


def situation(code: str, detail: str = "") -> Situation:
    """The situation a refusal or hold code stands for; other codes: made wrongly."""
    if code == "env.decrypt" and detail == NO_KEY_FITS:
        return Situation.OTHER_OFFICE
    if code == "setup.other_key" and detail == NO_OFFICE_YET:
        return Situation.FIRST_SETUP
    return _BY_CODE.get(code) or _BY_FAMILY.get(code.split(".", 1)[0]) or Situation.MADE_WRONGLY


def next_action(code: str, detail: str = "") -> str:
    """The one thing to do next."""
    if code == "sig.unknown_key" and detail == FROM_AN_OFFICE:
        return "事務所から新しい設定ファイルを受け取り、先に開いてください。"
    if code == _SUCCEEDED:
        return "持ってきた方に、新しい担当者のパソコンから提出するよう伝えてください。"
    return _NEXT[situation(code, detail)]


def refusal_message(code: str, detail: str = "") -> str:
    """Three lines: what happened, what is safe, what to do next."""
    seen = situation(code, detail)
    happened = _HAPPENED_HERE.get(code, _HAPPENED[seen])
    return "\n".join((happened, _SAFE.get(seen, _NOTHING_CHANGED), next_action(code, detail)))
