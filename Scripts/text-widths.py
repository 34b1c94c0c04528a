#!/usr/bin/env python3
"""Writes Sources/TextUI/Text/TextWidth+Table.swift from Python's Unicode data: which characters take two cells, which none."""
import sys
import unicodedata

# Control characters never reach a frame (SafeText replaces them); surrogates and private use keep one cell.

def width(code):
    character = chr(code)
    category = unicodedata.category(character)
    if category in ("Mn", "Me") or category == "Cf" and code != 0xAD:
        return 0
    if 0x1160 <= code <= 0x11FF:
        return 0
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return 2
    return 1


def ranges(wanted):
    start = None
    for code in range(0x300, 0x110000):
        inside = width(code) == wanted or (
            # Unassigned code points join the ranges around them: fewer entries, same answer for what exists.
            start is not None and unicodedata.category(chr(code)) == "Cn" and code < 0x20000
        )
        if inside and start is None:
            start = code
        elif not inside and start is not None:
            yield start, code - 1
            start = None
    if start is not None:
        yield start, 0x10FFFF


def literal(name, comment, wanted):
    entries = [f"(0x{a:X}, 0x{b:X})," for a, b in ranges(wanted)]
    lines, line = [], ""
    for entry in entries:
        if len(line) + len(entry) + 9 > 132:
            lines.append("        " + line.strip())
            line = ""
        line += entry + " "
    lines.append("        " + line.strip())
    return f"    /// {comment}\n    static let {name}: [(first: UInt32, last: UInt32)] = [\n" + "\n".join(lines) + "\n    ]\n"


sys.stdout.write(
    f"// Written by Scripts/text-widths.py from Unicode {unicodedata.unidata_version}.\n\nextension TextWidth {{\n"
    + literal("zeroWidth", "Combining marks and format characters: they take no cell of their own.", 0)
    + "\n"
    + literal("doubleWidth", "East Asian wide characters and emoji: they take two cells.", 2)
    + "}\n"
)
