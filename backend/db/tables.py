"""Every table there is: importing this module completes the metadata, for migrations and tests."""

from sqlalchemy import MetaData

import backend.fieldwork.models
import backend.ratings.evidence.models
import backend.ratings.registers.models
import backend.ratings.rounds.models
import backend.responses.models
import backend.staff.models
import backend.surveys.models
import backend.tabulation.models  # noqa: F401
from backend.db.base import Model

metadata: MetaData = Model.metadata
