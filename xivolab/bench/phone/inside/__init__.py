"""What runs in the container of the phones, with its Python and pjsua2 alone: nothing of xivolab is there."""
