# SPDX-License-Identifier: GPL-2.0-or-later
# Whether a run's sums are those in want: pass, fail, skip and inconclusive steps, functions refused,
# different steps, the verdict, and whether the whole counts as failed. Prints what is wrong.
BEGIN { split(want, number, " ") }
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
