"""Page templates, their static files and their message catalogues."""
