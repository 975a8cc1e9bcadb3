"""The files of an area: YAML and Markdown read into values that know their line."""
