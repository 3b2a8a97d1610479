"""A rating in short, as every page shows it."""

from dataclasses import dataclass

from analysis.rating.rate import Rating
from backend.ratings import wording
from backend.ratings.live.figures_text import points_text
from backend.ratings.shape import note_texts, veto_texts
from backend.ratings.wording import STAR_WORDS, Translate

# What the survey's row concludes, by verdict; None is not yet surveyed.
VERDICT_WORDS = {
    "no_deduction": "不扣分",
    "deduct_10": "减 10 分",
    "void": "整体不得分",
    None: "尚未调查",
}


@dataclass(frozen=True)
class Standing:
    """A rating in short. `tone` is good, warn or bad; `star` empty where there are no points."""

    total: str
    maximum: str
    star: str
    next_star: str
    points_missing: str
    tone: str
    vetoes: tuple[str, ...]
    conditions: tuple[str, ...]
    notes: tuple[str, ...]


def standing_of(rating: Rating, translate: Translate) -> Standing:
    """Return a rating in short."""
    standing = rating.standing
    star = standing.star.star if standing and standing.star else "none"
    following = standing.next_star if standing else None
    wants_benchmark = following is not None and not following.points_missing
    return Standing(
        total=points_text(rating.total if standing else None),
        maximum=points_text(rating.standard.maximum if standing else None),
        star=translate(STAR_WORDS[star]) if standing else "",
        next_star=translate(STAR_WORDS[following.star.star]) if following else "",
        points_missing=points_text(following.points_missing) if following else "",
        tone=_tone(rating),
        vetoes=tuple(veto_texts(rating, translate)),
        conditions=(translate(wording.BENCHMARK_NEEDED),) if wants_benchmark else (),
        notes=tuple(note_texts(rating, translate)),
    )


def _tone(rating: Rating) -> str:
    if rating.vetoes:
        return "bad"
    has_star = rating.standing is not None and rating.standing.star is not None
    return "good" if has_star and not rating.survey_deduction else "warn"
