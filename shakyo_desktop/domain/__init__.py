"""What is true about the work: records, rules and words. Standard library only."""
