"""Opens an assessment round: its header, and a row for each indicator that has levels."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

import analysis.shipped
from analysis.rating.standard import LeveledIndicator, Standard
from backend.errors import FieldError, Forbidden, Invalid, NotFound
from backend.ratings.rounds import repository
from backend.ratings.rounds.areas import find_area
from backend.ratings.rounds.departments import JOINED_BY, department_faults
from backend.ratings.rounds.models import RoundRow
from backend.ratings.rounds.rights import may_review
from backend.ratings.rounds.round import Round, RowState
from backend.ratings.rounds.service.reading import fetch_round
from backend.staff.service import Staff
from backend.surveys.service import SLUG, BadSlug, fetch_published

DIVISION_CODE = re.compile(r"[0-9]{6}(?:[0-9]{3}|[0-9]{6})?")
LONGEST_TITLE = 200
LONGEST_AREA_NAME = 100
MISSING_TITLE = "请填写这一轮评价的名称，不超过 200 个字。"
UNKNOWN_STANDARD = "请从列表中选择一个评价标准。"
BAD_CODE = "请填写 6 位、9 位或 12 位数字的行政区划代码，例如 370800。"
MISSING_AREA_NAME = "请填写地区名称，不超过 100 个字。"
OWN_PARENT = "所属城市不能是本地区自己。"
MISSING_DATE = "请填写日期，例如 2023-04-10。"
DUE_BEFORE_OPENING = "填报截止日期不能早于开始日期 {opens_on}。"
SECURITY_AFTER_AS_OF = "网络安全事件的起算日期不能晚于评价日期 {as_of}。"
SLUG_TAKEN = "地址“{slug}”已被另一轮评价使用，请换一个。"
UNKNOWN_SURVEY = "没有地址为“{slug}”的问卷调查，请重新选择，或留空。"
DEPARTMENT_NEEDED = "这个标准没有写明责任部门，请填写一个，以后可以逐项调整。"


@dataclass(frozen=True)
class NewRound:
    """What somebody opens. A date is None where none, or no readable one, was given.

    Attributes
    ----------
    area_name, parent_code
        May be empty for areas whose codes ship.
    default_department
        Fills in the rows for which neither the standard nor `departments` names anybody.
    departments
        By indicator number, where they are not the standard's.
    """

    slug: str
    title: str
    standard_id: str
    division_code: str
    opens_on: date | None
    due_on: date | None
    as_of: date | None
    security_from: date | None
    area_name: str = ""
    parent_code: str = ""
    survey_slug: str = ""
    default_department: str = ""
    departments: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    is_demonstration: bool = False


def open_round(session: Session, new: NewRound, staff: Staff, now: datetime) -> Round:
    """Open a round for a city or county.

    Raises
    ------
    Forbidden
        When a member of staff may not open rounds.
    Invalid
        Naming each field that holds what it cannot, or a slug that is taken.
    """
    if not may_review(staff):
        raise Forbidden
    survey_id, survey_errors = find_survey(session, new.survey_slug)
    errors = (*faults(new), *survey_errors)
    if errors:
        raise Invalid(errors=errors)
    round_id = repository.add_round(
        session,
        **_header(new),
        survey_id=survey_id,
        national_benchmark=False,
        state="open",
        created_by=staff.email,
        created_at=now,
    )
    if round_id is None:
        raise Invalid(errors=(FieldError("slug", SLUG_TAKEN, {"slug": new.slug}),))
    standard = analysis.shipped.standard(new.standard_id)
    repository.add_rows(session, [_new_row(each, round_id, new) for each in standard.leveled])
    return fetch_round(session, new.slug)


def _header(new: NewRound) -> dict[str, object]:
    area = find_area(new.division_code)
    return {
        "slug": new.slug,
        "title": new.title.strip(),
        "standard_id": new.standard_id,
        "area_name": new.area_name.strip() or (area.name if area else ""),
        "division_code": new.division_code,
        "parent_code": new.parent_code or (area.parent_code if area else None),
        "opens_on": new.opens_on,
        "due_on": new.due_on,
        "as_of": new.as_of,
        "security_from": new.security_from,
        "is_demonstration": new.is_demonstration,
    }


def _new_row(indicator: LeveledIndicator, round_id: int, new: NewRound) -> RoundRow:
    departments = _departments(indicator, new)
    return RoundRow(
        round_id=round_id,
        number=indicator.number,
        departments=JOINED_BY.join(departments),
        due_on=new.due_on,
        state=RowState.EMPTY.value,
        revision=0,
        figures="{}",
        note="",
        reason="",
    )


def _departments(indicator: LeveledIndicator, new: NewRound) -> tuple[str, ...]:
    named = new.departments.get(indicator.number) or indicator.departments
    default = new.default_department.strip()
    return named or ((default,) if default else ())


def find_survey(session: Session, slug: str) -> tuple[int | None, tuple[FieldError, ...]]:
    """Return the id of a survey, None for no slug; and what is wrong with the slug."""
    if not slug:
        return None, ()
    try:
        return fetch_published(session, slug).id, ()
    except NotFound:
        return None, (FieldError("survey_slug", UNKNOWN_SURVEY, {"slug": slug}),)


def faults(new: NewRound) -> Iterator[FieldError]:
    """Yield what is wrong with a new round, as far as can be said without the database."""
    if not SLUG.fullmatch(new.slug):
        yield FieldError("slug", BadSlug.detail)
    if not 1 <= len(new.title.strip()) <= LONGEST_TITLE:
        yield FieldError("title", MISSING_TITLE)
    yield from _area_faults(new)
    yield from _date_faults(new)
    if new.standard_id not in analysis.shipped.standard_ids():
        yield FieldError("standard_id", UNKNOWN_STANDARD)
        return
    yield from _department_faults(new, analysis.shipped.standard(new.standard_id))


def _area_faults(new: NewRound) -> Iterator[FieldError]:
    if not DIVISION_CODE.fullmatch(new.division_code):
        yield FieldError("division_code", BAD_CODE)
    has_name = bool(new.area_name.strip()) or find_area(new.division_code) is not None
    if not has_name or len(new.area_name.strip()) > LONGEST_AREA_NAME:
        yield FieldError("area_name", MISSING_AREA_NAME)
    if new.parent_code and not DIVISION_CODE.fullmatch(new.parent_code):
        yield FieldError("parent_code", BAD_CODE)
    elif new.parent_code and new.parent_code == new.division_code:
        yield FieldError("parent_code", OWN_PARENT)


def _date_faults(new: NewRound) -> Iterator[FieldError]:
    for name in ("opens_on", "due_on", "as_of", "security_from"):
        if getattr(new, name) is None:
            yield FieldError(name, MISSING_DATE)
    if new.opens_on and new.due_on and new.due_on < new.opens_on:
        yield FieldError("due_on", DUE_BEFORE_OPENING, {"opens_on": new.opens_on})
    if new.security_from and new.as_of and new.security_from > new.as_of:
        yield FieldError("security_from", SECURITY_AFTER_AS_OF, {"as_of": new.as_of})


def _department_faults(new: NewRound, standard: Standard) -> Iterator[FieldError]:
    if new.default_department.strip():
        yield from department_faults("default_department", (new.default_department.strip(),))
    elif any(not _departments(each, new) for each in standard.leveled):
        yield FieldError("default_department", DEPARTMENT_NEEDED)
    for number, departments in new.departments.items():
        yield from department_faults(f"departments.{number}", departments)
