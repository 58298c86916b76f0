"""A picture as the modules of this package pass it on."""

from typing import Any, TypeAlias

from numpy.typing import NDArray

# Rows of pixels from 0 to 255: blue, green and red, or grey
Picture: TypeAlias = NDArray[Any]
# The four corners of a line of text, x and y in pixels
Corners: TypeAlias = NDArray[Any]
