"""Check digits: of identity numbers (GB 11643, ISO 7064 MOD 11-2) and of bank cards (Luhn)."""

from __future__ import annotations

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"


def identity_check(digits: str) -> str:
    """Return the check digit of the first 17 digits of an identity number."""
    return CHECKS[sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True)) % 11]


def luhn_check(digits: str) -> str:
    """Return the digit that makes *digits* followed by it pass the Luhn test."""
    return str(-luhn_sum(digits) % 10)


def luhn_sum(digits: str) -> int:
    """Add up *digits* as they count when one check digit follows: the last, third last ... doubled."""
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[::-2])
    return doubled + sum(int(digit) for digit in digits[-2::-2])
