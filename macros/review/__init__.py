"""Reviews of pull requests, and the newsletter."""
