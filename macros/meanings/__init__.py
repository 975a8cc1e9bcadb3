"""What every code of the checks means, in the order in which a writer meets them."""

from .dates import DATES, ELECTIONS
from .figures import FIGURES
from .files import FILES
from .history import HISTORY
from .language import LANGUAGE
from .meaning import Group, Meaning
from .names import NAMES
from .news import NEWS
from .posts import POSTS
from .privacy import PRIVACY
from .trust import ENDING, TRUST
from .values import VALUES
from .yaml_signs import TYPING

GROUPS = (FILES, TYPING, VALUES, DATES, NAMES, NEWS, FIGURES, POSTS, PRIVACY, TRUST, HISTORY, LANGUAGE, ELECTIONS,
          ENDING)

__all__ = ["GROUPS", "Group", "Meaning"]
