"""What is made of a case beyond its tables: two cases compared, two messages set against each other."""
