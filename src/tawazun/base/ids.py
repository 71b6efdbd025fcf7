"""Turns what a finding says into a short id that survives upgrades of the engine."""

from hashlib import blake2b


def make_id(kind: str, *parts: object) -> str:
    """Returns `kind` and 16 hexadecimal digits of a hash over `parts`, in their order; equal parts give equal ids."""
    text = "\x1f".join(map(str, parts))
    return f"{kind}-{blake2b(text.encode('utf-8', 'surrogatepass'), digest_size=8).hexdigest()}"


def digest_text(text: str) -> str:
    """Returns `blake2b:` and 32 hexadecimal digits over a text as received."""
    return "blake2b:" + blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
