"""RTP: packets to streams, with loss, jitter, MOS and what receivers report."""
