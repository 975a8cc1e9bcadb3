"""Links to other sites: which there are, and whether what they name is still there."""
