"""Checks the links to other sites."""
