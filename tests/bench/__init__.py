"""Speed, as ratios to a yardstick measured in the same run: ``python dev.py bench``."""
