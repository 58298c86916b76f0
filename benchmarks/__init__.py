"""What the product claims about its speed and accuracy, measured: one command each."""
