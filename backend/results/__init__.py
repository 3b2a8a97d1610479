"""Results: the weighted satisfaction of a survey, its uncertainty, and the verdict of the rule."""
