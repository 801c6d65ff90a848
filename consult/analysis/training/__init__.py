"""What makes the numbers in `data/`: never loaded while Consult runs."""
