"""The PBX and its phones in containers, and the recorder of sample evidence (the command is `xivolab pbx`)."""
