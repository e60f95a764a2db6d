# gen.awk - looks at generated messages with eyes of its own
#
# Prints what is wrong with each file: its beginning, UNT's count, EQN against
# the bookings, trailers against headers, CNT against the persons of all
# parts; and at the end "LOCATOR flight locator" for every booking.
function complain(text) { print "WRONG " FILENAME ": " text }

function finish(    i, n, seg, part, from, src, flight, nr) {
	if (file == "")
		return
	sub(/^QU [A-Z0-9]+\r\n\.[A-Z0-9]+ [0-9]+\r\n/, "", text)
	gsub(/[\r\n]/, "", text)
	if (text !~ /^UNA:\+\.\?[ *]'UNB\+/ && text !~ /^UNB\+/)
		print "WRONG " file ": begins with neither UNA nor UNB"
	sub(/^UNA....../, "", text)
	gsub(/\?\?/, "\001", text)
	gsub(/\?'/, "\002", text)
	n = split(text, seg, "'")
	if (seg[n] != "")
		print "WRONG " file ": ends inside a segment"
	flight = file
	sub(/.*\//, "", flight)
	sub(/-[0-9]-[a-z]+.*/, "", flight)
	for (i = 1; i < n; i++) {
		split(seg[i], part, "+")
		if (part[1] !~ /^[A-Z][A-Z0-9][A-Z0-9]$/)
			print "WRONG " file ": no tag in '" seg[i] "'"
		if (part[1] == "UNB")
			control = part[6]
		if (part[1] == "UNZ" && part[3] != control)
			print "WRONG " file ": UNZ does not answer UNB"
		if (part[1] == "UNH") {
			from = i
			ref = part[2]
			src = 0
			eqn = -1
		}
		if (part[1] == "UNT" && (part[2] != i - from + 1 ||
					 part[3] != ref))
			print "WRONG " file ": UNT says " part[2] " of " \
				i - from + 1
		if (part[1] == "EQN" && src == 0)
			eqn = part[2]
		if (part[1] == "SRC")
			src++
		if (part[1] == "UNT" && eqn >= 0 && eqn != src)
			print "WRONG " file ": EQN says " eqn " of " src
		if (part[1] == "RCI" && seg[i - 1] == "SRC") {
			split(part[2], nr, ":")
			print "LOCATOR " flight " " nr[2]
		}
		if (part[1] == "NAD" && part[2] == "FL")
			persons[flight]++
		if (part[1] == "CNT" && part[2] ~ /^42:/) {
			split(part[2], nr, ":")
			total[flight] = nr[2]
		}
		if (part[1] == "TBD" && file !~ /closure/)
			print "WRONG " file ": bags before closure"
	}
}

FNR == 1 { finish(); file = FILENAME; text = "" }
{ text = text $0 "\n" }
END {
	finish()
	for (f in total)
		if (persons[f] != total[f])
			print "WRONG " f ": CNT says " total[f] " of " persons[f]
}
