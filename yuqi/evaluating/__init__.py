"""What `yuqi evaluate` measures: builds what is to be judged, and finds the truth to lay beside it."""
