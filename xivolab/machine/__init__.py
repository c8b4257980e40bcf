"""The machine xivolab runs on: what it needs, how it is set up, and what is wrong with it."""
