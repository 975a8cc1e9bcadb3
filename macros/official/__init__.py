"""Official statistics: the indicators that come with the software, and the figures of all areas that an area keeps.

`data/official/<indicator>.csv` holds the figures of every area, region and England, a row for each release that gave
or revised a figure.
"""

from .indicators import indicators
from .slices import FOLDER, Row, read_slice, slice_path

__all__ = ["FOLDER", "Row", "indicators", "read_slice", "slice_path"]
