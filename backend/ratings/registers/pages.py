"""The routers of the registers' pages, in the order in which their addresses are to be matched."""

from backend.ratings.registers import (
    case_pages,
    incident_pages,
    innovation_pages,
    plan_pages,
    security_pages,
)

# The list's pages before those of one entry, whose address would match `new` too.
ROUTERS = (
    innovation_pages.router,
    case_pages.router,
    security_pages.router,
    incident_pages.router,
    plan_pages.router,
)
