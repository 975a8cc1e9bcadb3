"""Checks that a published site is the one built from its records, and that its history only grew."""
