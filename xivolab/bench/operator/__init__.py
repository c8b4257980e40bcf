"""The operator (ITSP) of a bench: takes and places calls, and fails in whatever way is asked for, while it runs."""

from xivolab.bench.operator.itsp import Operator, Seen
from xivolab.bench.operator.personality import PERSONALITIES, Personality
from xivolab.bench.operator.render import Customer

__all__ = ["PERSONALITIES", "Customer", "Operator", "Personality", "Seen"]
