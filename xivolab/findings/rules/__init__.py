"""One file per finding code: the rule, and its words in French and English."""
