"""What each operating system knows about sticks, cards and USB disks: one small class per system."""
