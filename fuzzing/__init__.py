"""Fuzzing by mutation: damaged captures through the whole path. See docs/fuzzing.md."""
