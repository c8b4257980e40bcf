"""What the dialplan did for one call, out of the lines of a full log: a tree of steps, and the decisions in it."""
