"""Before there is a store, or while it cannot be opened: first start, unlocking, restoring."""
