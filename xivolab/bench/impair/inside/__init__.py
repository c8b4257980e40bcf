"""What runs beside the containers that are impaired, with the Python of the phones alone."""
