"""The shapes of a mission's files, one family a module. Unknown keys are refused; words come in English and French."""
