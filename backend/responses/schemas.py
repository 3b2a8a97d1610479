"""The JSON shapes of sending a response."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

# Where a channel is not told, a program sent the response.
API_CHANNEL = "api"

Channel = Annotated[
    str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._-]+$")
]


class NewResponse(BaseModel):
    """What is sent: the answers by item key, and how the respondent came."""

    model_config = ConfigDict(extra="forbid", strict=True)

    answers: dict[str, JsonValue] = Field(
        description="By kind of the item: a code; a list of codes; 1 to 5 (5 is best) or `na`; an "
        "object row → 1 to 5 or `na`; 0 to 10; a number; `YYYY-MM-DD`; text; a division code. "
        "The text of an “other” choice is sent as `KEY.other`.",
        examples=[{"overall": 4, "fields": {"government": 5, "education": "na"}}],
    )
    channel: Channel = Field(default=API_CHANNEL, examples=["service-hall-kiosk"])
    respondent: str | None = Field(
        default=None,
        min_length=1,
        max_length=255,
        description="The sender's own name for whoever answers, such as the open id of a mini "
        "program, so that a second response of the same person is noticed. Only a keyed hash is "
        "kept, and only where the survey looks for duplicates by identity.",
        examples=["oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"],
    )

    def content(self) -> dict[str, object]:
        """Return what was sent, as it tells a retry from another submission."""
        content: dict[str, object] = {"answers": self.answers, "channel": self.channel}
        if self.respondent is not None:
            content["respondent"] = self.respondent
        return content


class ReceiptJson(BaseModel):
    """The same for the first sending and for every retry."""

    id: str = Field(description="The receipt number, 16 digits.", examples=["4821093755128841"])
    received_at: datetime = Field(description="When it was stored.")
