"""New records, updates and corrections, written into an area's files: what stands there keeps its words and layout."""
