"""Two versions of one year side by side, for the office and for the district."""
