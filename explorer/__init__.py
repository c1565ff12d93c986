"""Read-only web pages over the published snapshot: figures, the quotes behind them, and how to cite them."""
