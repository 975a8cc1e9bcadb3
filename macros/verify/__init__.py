"""Checks that a published site is what was built, and that its history only grew."""
