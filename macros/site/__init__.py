"""The site as MkDocs builds it: the plugin, and what a page is made of."""
