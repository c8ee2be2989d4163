"""The whole journey with visibly fictional data, through the same services a user uses."""
