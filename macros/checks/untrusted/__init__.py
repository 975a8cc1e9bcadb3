"""What could mislead readers, run in their browsers or reach into the build: found before anything is built.

The site is safe without these checks, since all that is published is escaped or cleaned. They say what would be taken
out, so that nobody wonders where it went, and find what no cleaning can: addresses and letters that deceive.
"""

from .characters import characters_can_be_seen
from .files import files_hold_no_programs
from .front_matter import front_matter_is_known
from .page_html import pages_hold_allowed_html
from .targets import links_are_what_they_seem
from .template_language import pages_call_macros_and_nothing_else

__all__ = ["characters_can_be_seen", "files_hold_no_programs", "front_matter_is_known", "links_are_what_they_seem",
           "pages_call_macros_and_nothing_else", "pages_hold_allowed_html"]
