"""Writes new records, updates and corrections into an area's files, preserving existing wording and layout."""
