"""What happens to a text between one farm and the next, each as a function that keeps the truth.

`text` changes the truth itself (other words, other sections) and comes first; `lacunae`, `script`,
`annotations` and `misalignment` change only what the page shows, in this order, and can be undone.
"""
