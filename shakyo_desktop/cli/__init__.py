"""The headless face: thin commands over the same services as the window; ``running.run`` runs one."""
