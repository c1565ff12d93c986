"""`python -m yuqi`, where the script is not on the path."""

from yuqi.cli import main

if __name__ == "__main__":
    main()
