"""What an Asterisk server writes: its log, channel events, and the output of its command line."""
