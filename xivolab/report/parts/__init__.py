"""The parts of a report: one file each, a function from the report to a block or to nothing."""
