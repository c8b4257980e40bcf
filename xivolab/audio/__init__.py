"""Audio: the packets of RTP streams as sound on one time axis, its levels, and the digits in it."""
