"""What the console's pages on rounds show, ready to be placed by their templates.

Words are message ids of the catalogue unless they are said to be translated; the documents' own
words are data. Times are already in the city's zone.
"""
