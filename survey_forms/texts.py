"""A text in the languages of a questionnaire; which it must have is checked by the lint."""

from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints

from survey_forms.frozen import FrozenModel

Language = Literal["zh-CN", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

Written = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5000, strict=True)
]


class Text(FrozenModel):
    """One text in Simplified Chinese and, where the questionnaire declares it, English."""

    zh_cn: Written = Field(alias="zh-CN", description="The text in Simplified Chinese.")
    en: Written | None = Field(
        default=None, description="The text in English; needed when `languages` lists en."
    )

    def in_language(self, language: str) -> str:
        """Return the text in `language`; Chinese when there is none in that language."""
        return self.en if language == "en" and self.en else self.zh_cn


def text(zh_cn: str, en: str) -> Text:
    """Make a Text in both languages, for the standard labels that the code itself brings."""
    return Text.model_validate({"zh-CN": zh_cn, "en": en})
