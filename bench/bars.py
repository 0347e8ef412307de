"""What each figure is to reach. A figure without a bar is there to be read beside the others."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """A least value ("≥ 0.85") or, with `most`, a greatest one ("≤ 0.03")."""

    value: float
    most: bool = False

    def reached(self, figure: float) -> bool:
        return figure <= self.value if self.most else figure >= self.value

    def __str__(self) -> str:
        return f"{'≤' if self.most else '≥'} {self.value:g}"


BARS = {
    "topic first": Bar(0.85), "topic among three": Bar(0.95), "law in the answer": Bar(0.85), "answered": Bar(0.90),
    "person offered when needed": Bar(0.90), "person offered needlessly": Bar(0.25, most=True),
    "crisis raised on questions": Bar(0.005, most=True),
    "right route": Bar(0.95), "false answers": Bar(0.03, most=True),
    "urgent recall, explicit": Bar(1.0), "urgent recall, implied": Bar(0.95),
    "crisis on calm": Bar(0.03, most=True), "crisis on frustration": Bar(0.05, most=True), "macro F1": Bar(0.85),
    "lost by text message": Bar(0.05, most=True), "asked back three times": Bar(0, most=True),
}


def rows(name: str, figures: dict[str, float | None]) -> list[list[str]]:
    """The rows of a set's table: set, figure, value, bar, and whether it is reached."""
    out = []
    for figure, value in figures.items():
        bar = BARS.get(figure)
        shown = "–" if value is None else str(value) if isinstance(value, int) else f"{value:.3f}"
        judged = bar is not None and value is not None
        out.append([name, figure, shown, str(bar or ""), ("yes" if bar.reached(value) else "NO") if judged else ""])
    return out
