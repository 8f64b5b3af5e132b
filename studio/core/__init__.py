"""What every package may use: errors, words, languages, time, ids and settings. Standard library only."""
