"""xivolab: what happened to this call, from what a telephone system leaves behind."""
