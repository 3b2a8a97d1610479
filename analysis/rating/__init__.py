"""From estimates to points and verdicts, by the documents' rules."""
