"""pydifact_reader.py FOLDER: MB/s of pydifact (segments); as readers.rs."""
import pathlib
import sys
import time
import warnings

from pydifact.segmentcollection import RawSegmentCollection

warnings.simplefilter("ignore")
files = [p.read_bytes() for p in pathlib.Path(sys.argv[1]).iterdir()]
best = 0.0
for _ in range(2):  # it is slow
    start, read, segments, refused = time.perf_counter(), 0, 0, 0
    for f in files:
        try:
            text = f.decode("latin-1")
            segments += len(RawSegmentCollection.from_str(text).segments)
            read += len(f)
        except Exception:
            refused += 1
    best = max(best, read / 1e6 / (time.perf_counter() - start))
print(f"{best:.2f} {segments} {refused}")
