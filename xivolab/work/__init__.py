"""What is made of a case beyond its tables: traffic measured, growth watched, two cases or two messages compared."""
