"""The process that tells keywords: a JSON list of texts a line comes in, a list of their keywords a line goes out.

It imports nothing of the gateway but the words, so that it is small and there at once, and ends with its input: that
is also how it ends with a gateway that was killed.
"""

import json
import sys

from gateway.cockpit.words import keywords_of


def main() -> None:
    """Answer until the input ends."""
    for line in sys.stdin.buffer:
        told = [list(keywords_of(text)) for text in json.loads(line)]
        sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
