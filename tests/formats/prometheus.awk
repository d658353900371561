# SPDX-License-Identifier: GPL-2.0-or-later
# What a file for the node exporter's textfile collector must be, beyond promtool's checks, and
# whether its sums are those in want: pass, fail, skip and inconclusive steps, functions refused,
# different steps, the verdict, and whether the whole counts as failed. Prints what is wrong.
BEGIN { split(want, number, " "); prefix = "iommu_resettest_" }
/^# HELP / { helped[$3] = 1; next }
/^# TYPE / { typed[$3] = $4; next }
{
	name = $0
	sub(/[{ ].*/, "", name)
	value = $NF
	labels = $0
	if (!sub(/^[a-z_]+\{/, "{", labels))
		labels = ""
	sub(/ [^ ]+$/, "", labels)
	base = name
	if (name ~ /_(bucket|sum|count)$/)
		sub(/_(bucket|sum|count)$/, "", base)
	if (name !~ "^" prefix || !helped[base] || !typed[base])
		print "no help or type, or another name: " $0
	rest = $0
	sub(/^[a-z_]+(\{.*\})? /, "", rest)
	if (rest !~ /^-?[0-9]+(\.[0-9]+)?$/)
		print "no plain number, or a time: " $0
	# A quote or a backslash in a value has a backslash before it, and nothing stands behind a value.
	if (labels != "" && labels !~ /^\{([a-z_]+="([^"\\]|\\["\\])*",?)+\}$/)
		print "labels: " $0
	if (seen[name labels]++)
		print "twice: " $0
}
name == prefix "steps" {
	match(labels, /verdict="[a-z]+"\}$/)
	steps[substr(labels, RSTART + 9, RLENGTH - 11)] += value
	points++
}
name == prefix "refused_functions" { refused += value }
name == prefix "verdict" && value == 1 { verdicts++; match(labels, /"[a-z-]+"/); verdict = substr(labels, RSTART + 1, RLENGTH - 2) }
name == prefix "passed" { passed = value }
name == prefix "reset_duration_seconds_bucket" {
	key = labels
	sub(/,le=.*/, "", key)
	if (value < last[key])
		print "a bucket that is less than the one before: " $0
	last[key] = value
	if (labels ~ /le="\+Inf"/)
		all[key "}"] = value
}
name == prefix "reset_duration_seconds_count" && all[labels] != value { print "count: " $0 }
END {
	if (steps["pass"] + 0 != number[1] || steps["fail"] + 0 != number[2] ||
	    steps["skip"] + 0 != number[3] || steps["inconclusive"] + 0 != number[4])
		print "steps: " steps["pass"], steps["fail"], steps["skip"], steps["inconclusive"]
	if (refused + 0 != number[5])
		print "refused: " refused
	if (points != 4 * number[6])
		print "points: " points
	if (verdicts != 1 || verdict != number[7])
		print "verdict: " verdict
	if (passed != (number[8] == 0 && (verdict == "fixed" || verdict == "not-affected")))
		print "passed: " passed
}
