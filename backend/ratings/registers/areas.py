"""The cities and counties that have registers: those that ship with their official codes, and those
that have assessment rounds. Which standard's rows a register follows is decided here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

import analysis.shipped
from analysis.rating.standard import InnovationIndicator, SecurityIndicator, Standard
from backend.errors import NotFound
from backend.ratings.registers import repository
from backend.ratings.rounds.areas import known_areas
from backend.ratings.rounds.service import AreaRound, list_area_rounds

UNKNOWN_AREA = "没有这个地区，请重新选择。"
CITY, COUNTY = "shandong-2023-city", "shandong-2023-county"


@dataclass(frozen=True)
class RegisterArea:
    """A city or county.

    Attributes
    ----------
    city_code
        Of the city that it belongs to, its own for a city; what areas are grouped by.
    standard_id
        The standard of its newest round; None without one.
    security_from
        The first day whose incidents count in that round.
    is_in_use
        Whether it has rounds or entries.
    """

    code: str
    name: str
    city_code: str
    standard_id: str | None = None
    security_from: date | None = None
    is_in_use: bool = False

    @property
    def innovation_row(self) -> InnovationIndicator:
        """The row that its innovation cases count for.

        The standard of 2020 has none; its areas follow that of 2023.
        """
        row = self._standard.innovation or analysis.shipped.standard(self._default_id).innovation
        assert row is not None  # noqa: S101 - both standards of 2023 have the row
        return row

    @property
    def security_row(self) -> SecurityIndicator:
        """The row that its security incidents count for."""
        row = self._standard.security
        assert row is not None  # noqa: S101 - every standard has the row
        return row

    @property
    def _standard(self) -> Standard:
        return analysis.shipped.standard(self.standard_id or self._default_id)

    @property
    def _default_id(self) -> str:
        return CITY if self.code == self.city_code else COUNTY


def list_areas(session: Session) -> tuple[RegisterArea, ...]:
    """Return every area: those in use first, and each of the two by code."""
    rounds: dict[str, AreaRound] = {}
    for each in list_area_rounds(session):
        # The newest comes first.
        rounds.setdefault(each.division_code, each)
    used = {*rounds, *repository.fetch_used_codes(session)}
    names = {code: each.area_name for code, each in rounds.items()}
    names |= {each.code: each.name for each in known_areas()}
    areas = (
        _area(code, names.get(code, code), rounds.get(code), code in used)
        for code in {*names, *used}
    )
    return tuple(sorted(areas, key=lambda area: (not area.is_in_use, area.code)))


def fetch_area(session: Session, code: str) -> RegisterArea:
    """Return the area of a division code; NotFound when there is none."""
    if not code:
        raise NotFound(UNKNOWN_AREA)
    return chosen_area(list_areas(session), code)


def chosen_area(areas: Sequence[RegisterArea], code: str) -> RegisterArea:
    """Return the area of a code that an address names; without one the first.

    Raises
    ------
    NotFound
        When there is none of this code.
    """
    if not code:
        return areas[0]
    found = next((area for area in areas if area.code == code), None)
    if found is None:
        raise NotFound(UNKNOWN_AREA)
    return found


def _area(code: str, name: str, newest: AreaRound | None, is_in_use: bool) -> RegisterArea:
    return RegisterArea(
        code=code,
        name=name,
        city_code=f"{code[:4]}00",
        standard_id=newest.standard_id if newest else None,
        security_from=newest.security_from if newest else None,
        is_in_use=is_in_use,
    )
