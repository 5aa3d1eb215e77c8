"""Adds products of doubles as fractions and compares with what was told, value and rounding."""

import struct
import sys
from fractions import Fraction


def number(bits: str) -> float:
    return struct.unpack("<d", struct.pack("<Q", int(bits)))[0]


def exact(text: str) -> Fraction:
    body, exponent = text.split("p")
    return Fraction(int(body, 16)) * Fraction(2) ** int(exponent)


def main() -> None:
    count = 0
    for line in open(sys.argv[1], encoding="ascii").read().split("\n"):
        terms, told, rounded = line.split("|")
        total = Fraction(0)
        for term in terms.split(" "):
            left, right = term.split(":")
            total += Fraction(number(left)) * Fraction(number(right))
        if exact(told) != total:
            sys.exit(f"sum: {line}: {told} is not {total}")
        # Python divides whole numbers with one correct rounding, ties to even.
        try:
            nearest = total.numerator / total.denominator
        except OverflowError:
            nearest = float("inf") if total > 0 else float("-inf")
        smallest_normal = 2.0**-1022
        if number(rounded) != nearest and abs(nearest) >= smallest_normal:
            sys.exit(f"rounding: {line}: {number(rounded)!r} is not {nearest!r}")
        count += 1
    print(f"{count} sums agree")


main()
