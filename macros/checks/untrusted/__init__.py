"""Content that could mislead readers, run in their browsers or reach into the build.

The site is safe without these checks, since everything that is published is escaped or cleaned. They show writers what
would be removed, and find what no cleaning can: addresses and characters that deceive.
"""
