"""What files for download share, whichever feature makes them: spreadsheets, Word files, file names."""
