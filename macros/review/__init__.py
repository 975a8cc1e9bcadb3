"""What a pull request changes, and what the newsletter reports, in words."""
