"""rapidfuzz_names.py FOLDER: us per traveller of RapidFuzz's brute force over
names.txt, for some of wanted.txt. One line: us of token_sort_ratio, of
Jaro-Winkler, travellers asked. Names are prepared beforehand, both answers
above a cutoff, as a screening would ask; one core."""
import pathlib
import sys
import time

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

ASKED = 10
folder = pathlib.Path(sys.argv[1])
names = (folder / "names.txt").read_text().splitlines()
wanted = (folder / "wanted.txt").read_text().splitlines()
wanted = wanted[:: max(1, len(wanted) // ASKED)][:ASKED]
us = []
for scorer, cutoff in ((fuzz.token_sort_ratio, 85), (JaroWinkler.similarity, 0.9)):
    start = time.process_time()
    for w in wanted:
        process.extract(w, names, scorer=scorer, processor=None,
                        score_cutoff=cutoff, limit=None)
    us.append((time.process_time() - start) * 1e6 / len(wanted))
print(f"{us[0]:.0f} {us[1]:.0f} {len(wanted)}")
