"""Speed, always as a ratio to a rival in the same run on the same machine: `make bench`."""
