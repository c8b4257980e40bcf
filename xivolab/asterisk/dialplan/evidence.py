"""The dialplan that some evidence tells: from files of extensions, from `dialplan show`, or from both."""

from __future__ import annotations

from collections.abc import Sequence

from xivolab.asterisk.cli.tables import lines_in
from xivolab.asterisk.dialplan.conf import dialplan_written
from xivolab.asterisk.dialplan.lookup import Match
from xivolab.asterisk.dialplan.model import Dialplan
from xivolab.asterisk.dialplan.shown import dialplan_shown
from xivolab.errors import Problem
from xivolab.evidence.source import Source
from xivolab.schema import DIALPLAN_MATCH
from xivolab.table import Table


def dialplan_of(files: Sequence[tuple[str, Source]], shown: Table) -> Dialplan:
    """Contexts of the files (path and source), and those of the table `shown` in place of theirs: that is what the server has."""
    damage: list[Problem] = []
    texts = {path: "\n".join(lines_in(source, damage)) for path, source in files}
    plan = dialplan_written(texts) if texts else Dialplan()
    plan.problems += [(problem.file, problem.place, problem.what) for problem in damage]
    plan.contexts.update(dialplan_shown(shown).contexts)
    return plan


def match_table(found: Sequence[Match]) -> Table:
    """What could take a number, as a table of `xivolab.schema.DIALPLAN_MATCH`."""
    rows = []
    for order, match in enumerate(found, 1):
        extension, step = match.extension, match.step
        rows.append(
            {
                "id": f"match-{order}",
                "order": order,
                "why": match.why,
                "exten": extension.name if extension else None,
                "cid_match": extension.caller if extension else None,
                "context": match.context,
                "path": list(match.path),
                "when": match.when,
                "switch": match.switch,
                "application": step.application if step else None,
                "data": step.data or None if step else None,
                "place": extension.place if extension else None,
            }
        )
    return Table.from_rows(DIALPLAN_MATCH, rows)
