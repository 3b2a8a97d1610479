"""`minsheng score`: the estimator on files. The statistics are `analysis`'s."""
