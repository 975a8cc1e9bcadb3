"""Geometry of the SVG charts."""
