"""The geometry of the SVG charts; templates draw them."""
