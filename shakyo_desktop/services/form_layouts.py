"""Which layout a form has: for a plan and year when it is printed, for a sheet when it is keyed."""

from shakyo_desktop.domain.errors import BadInput, NotFound
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.forms import activity_sheet, large_sheet, monthly_sheet, report_form, watch_sheet
from shakyo_desktop.domain.forms.keyed import SheetKey
from shakyo_desktop.domain.forms.layout import FormCode, FormLayout
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.storage.stores import Stores

_VERSIONS = {
    FormCode.F1: frozenset({activity_sheet.VERSION, large_sheet.VERSION}),
    FormCode.F2: frozenset({monthly_sheet.VERSION}),
    FormCode.F3: frozenset({watch_sheet.VERSION}),
    FormCode.F4: frozenset({report_form.VERSION}),
}


def plan_for_form(stores: Stores, fiscal_year: int, plan_id: str | None = None) -> Plan:
    """The plan a form is about: the one named, else the year's first.

    Raises:
        NotFound: no such plan is valid in that year.
    """
    plans = stores.plans.for_year(fiscal_year)
    found = next((plan for plan in plans if plan_id in (None, plan.id)), None)
    if found is None:
        raise NotFound(
            f"{fiscal_year_name(fiscal_year)}の計画がないので、用紙の項目がわかりません。\n"
            "入力した内容はそのままです。\n"
            "上の年度で、計画のある年度を選んでください。計画は区事務所が「区の設定」で登録します。"
        )
    return found


def form_layout(
    form: FormCode, plan: Plan, fiscal_year: int, *, large: bool = False, sheets: int = 1
) -> FormLayout:
    """The layout of a form; ``large`` and ``sheets`` are about F1.

    Raises:
        NotFound: the plan has no item that belongs on it.
    """
    match form:
        case FormCode.F1:
            make = large_sheet.large_activity_sheet if large else activity_sheet.activity_sheet
            layout = make(fiscal_year, sheets)
        case FormCode.F2:
            layout = monthly_sheet.monthly_sheet(plan, fiscal_year)
        case FormCode.F3:
            layout = watch_sheet.watch_sheet(plan, fiscal_year)
        case FormCode.F4:
            layout = report_form.report_form(plan, fiscal_year)
    if not layout.pages:
        raise NotFound.of(f"この計画に、{form.label}に書く取組項目")
    return layout


def has_form(form: FormCode, plan: Plan, fiscal_year: int) -> bool:
    """Whether a plan has anything that belongs on a form."""
    try:
        form_layout(form, plan, fiscal_year)
    except NotFound:
        return False
    return True


def sheet_layout(plan: Plan, key: SheetKey) -> FormLayout:
    """The layout a sheet was printed with.

    Raises:
        BadInput: this program does not know that version of the form (``sheet.version``), or the form has
            no such page (``sheet.page``).
    """
    if key.version not in _VERSIONS[key.form]:
        raise BadInput(
            "この用紙は、このプログラムが知らない版の用紙です。\n入力した内容はそのままです。\n"
            "用紙を印刷し直すか、事務所に知らせてください。",
            code="sheet.version",
        )
    large = key.version == large_sheet.VERSION
    layout = form_layout(key.form, plan, key.fiscal_year, large=large, sheets=key.page)
    if layout.page(key.page) is None:
        raise BadInput(
            f"{key.form.label}に{key.page}ページはありません（{len(layout.pages)}ページまで）。\n"
            "入力した内容はそのままです。\n用紙のページの番号を確かめてください。",
            code="sheet.page",
        )
    return layout
