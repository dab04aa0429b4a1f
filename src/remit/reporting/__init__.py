"""From figures to documents: outline → blocks → html, docx; charts and maps."""
