"""From the bytes of a capture file to packets: file formats, links, IP, fragments, TCP."""
