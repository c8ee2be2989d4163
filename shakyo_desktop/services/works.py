"""Long work by name: noted while it lasts, so that the next start can say what a power cut interrupted."""

from shakyo_desktop.domain.codes import LabelledCode


class Work(LabelledCode):
    """What a process with an open store does; the code stands in the lock's file.

    The label and 「途中で終わりました」 make the sentence that the next start says.
    """

    AT_WORK = "at-work", "プログラムが"
    SUBMIT = "submit", "提出ファイルを保存しているとき、"
    RECEIVE = "receive", "ファイルを受け取っているとき、"
    APPROVE = "approve", "登録を認めているとき、"
    ANSWER = "answer", "返事のファイルを保存しているとき、"
    COMPILE = "compile", "取りまとめの書類を保存しているとき、"
    COPY = "copy", "控えを作っているとき、"
