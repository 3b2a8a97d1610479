"""The queries of the results besides the tabulation: when the responses came in."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.responses.models import Response


def fetch_period(session: Session, survey_id: int) -> tuple[datetime | None, datetime | None]:
    """Return when the first and the last response came in, excluded ones too; None for none."""
    # Each alone: an index has them at its ends, which SQLite sees for one at a time only.
    first, last = (
        select(extreme(Response.submitted_at))
        .where(Response.survey_id == survey_id)
        .scalar_subquery()
        for extreme in (func.min, func.max)
    )
    row = session.execute(select(first, last)).one()
    return row[0], row[1]
