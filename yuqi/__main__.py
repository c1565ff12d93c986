"""Where `yuqi` begins, also as `python -m yuqi`, where the script is not on the path."""

import sys

STOPPED = 130  # 128 + SIGINT


def main() -> None:
    """Ctrl-C ends quietly from the first line on: before the command is imported nothing is at stake."""
    try:
        from yuqi.cli import main as command  # noqa: PLC0415

        command()
    except KeyboardInterrupt:
        sys.exit(STOPPED)


if __name__ == "__main__":
    main()
