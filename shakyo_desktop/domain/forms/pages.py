"""A choice of pages as people write it."""

from shakyo_desktop.domain.errors import BadInput
from shakyo_desktop.domain.text import fold_name


def chosen_pages(text: str, count: int) -> tuple[int, ...]:
    """Read a choice of pages as people write it (1-3, 5; full width too) for a document of ``count`` pages.

    Raises:
        BadInput: a page that the document does not have.
    """
    chosen: set[int] = set()
    for part in filter(
        None, fold_name(text).replace("、", ",").replace("～", "-").replace("~", "-").split(",")
    ):
        first, _, last = part.partition("-")
        if not first.isdecimal() or (last and not last.isdecimal()):
            raise BadInput(f"ページ「{part}」は読めません。1-3,5 のように書いてください。")
        numbers = range(int(first), int(last or first) + 1)
        if not numbers or numbers[0] < 1 or numbers[-1] > count:
            raise BadInput(f"ページ「{part}」はありません。この用紙は{count}ページまでです。")
        chosen.update(numbers)
    return tuple(sorted(chosen))
