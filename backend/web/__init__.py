"""What every page and route shares: rendering, middleware, words."""
