"""What an Asterisk server writes: its log, its call records, the output of its command line, its dialplan."""
