"""edifactlib_reader.py FOLDER: MB/s of edifactlib (an interchange's segments,
not held against a directory); as readers.rs."""
import pathlib
import sys
import time

from edifactlib import Parser

files = [p.read_bytes() for p in pathlib.Path(sys.argv[1]).iterdir()]
start, read, segments, refused = time.perf_counter(), 0, 0, 0
for f in files:
    try:
        parsed = Parser().parse(f.decode("latin-1"), validate=False)
        segments += sum(len(m.segments) for m in parsed.messages)
        read += len(f)
    except Exception:
        refused += 1
print(f"{read / 1e6 / (time.perf_counter() - start):.2f} {segments} {refused}")
