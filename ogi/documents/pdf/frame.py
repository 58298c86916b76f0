"""Between the file's coordinates (origin bottom left) and the upright page's (origin top left)."""

from dataclasses import dataclass

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """The visible area of a page in the file's coordinates (origin bottom left), and how to turn it upright.

    `turns` counts the quarter turns clockwise by which the text is turned against the file's coordinates.
    """

    left: float
    bottom: float
    right: float
    top: float
    turns: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height after turning upright."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def upright(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return a box of the file as left, top, right, bottom from the top left corner of the upright page."""
        if self.turns == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        if self.turns == 1:
            return self.top - top, self.right - right, self.top - bottom, self.right - left
        if self.turns == 2:  # noqa: PLR2004 - upside down
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left

    def in_file(self, left: float, top: float, right: float, bottom: float) -> Box:
        """Return a box of the upright page in the file's coordinates: left, bottom, right, top."""
        if self.turns == 0:
            return left + self.left, self.top - bottom, right + self.left, self.top - top
        if self.turns == 1:
            return self.right - bottom, self.top - right, self.right - top, self.top - left
        if self.turns == 2:  # noqa: PLR2004 - upside down
            return self.right - right, top + self.bottom, self.right - left, bottom + self.bottom
        return top + self.left, left + self.bottom, bottom + self.left, right + self.bottom

    def turned(self, turns: int) -> "Frame":
        """Return the same area for text turned otherwise."""
        return Frame(self.left, self.bottom, self.right, self.top, turns % 4)
