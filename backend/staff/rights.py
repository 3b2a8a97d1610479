"""The roles of staff and the scopes of tokens; what each opens is said where it is guarded."""

from enum import StrEnum


class Role(StrEnum):
    """What a staff account may do."""

    ADMIN = "admin"
    PUBLISHER = "publisher"
    EVALUATOR = "evaluator"
    HANDLER = "handler"
    # Fills in the indicators that its department leads.
    DEPARTMENT = "department"
    # Accepts what departments filled in, or returns it.
    REVIEWER = "reviewer"


class Scope(StrEnum):
    """What a token opens: the satisfaction and ratings, or the de-identified responses."""

    EVALUATE = "evaluate"
    EXPORT = "export"
