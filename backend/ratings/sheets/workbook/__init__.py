"""The workbook as a document: its sheets, columns and words, Chinese in every language."""
