"""Faults on demand: each can be put in, looked for, taken out, and seen to be gone.

>>> fault = find("one-way-audio")       # doctest: +SKIP
>>> undo = fault.inject(scene)          # doctest: +SKIP
>>> fault.symptom(scene)                # doctest: +SKIP
'kx3v9a2m speaks and q7dn20fp does not hear it'
>>> fault.revert(scene, undo)           # doctest: +SKIP
>>> fault.fixed(scene)                  # doctest: +SKIP
True
"""

from xivolab.bench.impair.catalogue import FAULTS, find
from xivolab.bench.impair.fault import Fault, Undo
from xivolab.bench.impair.scene import Scene

__all__ = ["FAULTS", "Fault", "Scene", "Undo", "find"]
