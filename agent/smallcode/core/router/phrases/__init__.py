"""The patterns that the rows of the table name, by what they speak for."""
