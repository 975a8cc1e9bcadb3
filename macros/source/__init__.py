"""Files of an area, read as text, as YAML records, or as Markdown with front matter."""
