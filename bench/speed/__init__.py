"""What must stay fast. One file for each measurement; ``bench.__main__`` lists them."""
