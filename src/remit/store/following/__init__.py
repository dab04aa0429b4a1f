"""The database that libraries mean when they name none: the attached workspace's journal."""
