"""What a chart of losses shows: a party's own figures over time, each as it was said."""

from dataclasses import dataclass

from sayso.model.question import Claimant, Missing, Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure and where it stands on an axis: from `low` to `high`, the same but for a range. An open end has no length
    (R2). `lowered`: it is below the same claimant's figure before it (R8)."""

    said: Said
    low: float
    high: float
    lowered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The figures of one claimant for one thing, oldest first, none withdrawn, never empty; what counts something else is
    another series (R4)."""

    claimant: Claimant
    since: str | None
    definition: str | None
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What a party says of its own losses in one status and measure; without a series, why there is none (R3).

    Losses claimed for the other side have no form of it (R5, H4).
    """

    subject: str
    who: str
    measure: str
    series: tuple[Series, ...] = ()
    missing: Missing | None = None
