"""Two capture points of the same calls: what one saw and the other did not, and what was changed on the way."""
