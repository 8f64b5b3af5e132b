"""The published library as a folder of files that opens without a server."""
