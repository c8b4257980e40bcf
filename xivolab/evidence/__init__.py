"""Evidence: what a file is, its bytes, and the case folder."""
