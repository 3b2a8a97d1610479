"""Makes tabulations: what was answered, counted by weighting cell, ready for `analysis`."""
