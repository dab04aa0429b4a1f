"""Records as others write and read them: columns of tables, their hashtags, and how columns go into fields."""
