"""Speed, memory and quality, each as a ratio to something run beside it: `make bench`."""
