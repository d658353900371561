# SPDX-License-Identifier: GPL-2.0-or-later
# Whether what is said of the hosts fits together. Prints "HOST VERDICT" for each, and what is wrong.
function label(name,    text) {
	match(labels, "[{,]" name "=\"[^\"]*\"")
	text = substr(labels, RSTART, RLENGTH)
	sub(/^[^"]*"/, "", text)
	sub(/"$/, "", text)
	return text
}
function is_good(verdict) { return verdict == "fixed" || verdict == "not-affected" }
/^#/ { next }
name == prefix "host_verdict" {
	lines[label("host")]++
	if (value == 1) {
		if (verdict[label("host")])
			print "two verdicts: " $0
		verdict[label("host")] = label("verdict")
		hosts[label("verdict")]++
	} else if (value != 0)
		print "neither 0 nor 1: " $0
	next
}
name == prefix "fleet_hosts" { counted[label("verdict")] = value; next }
name == prefix "fleet_verdict" { worst[label("verdict")] = value; next }
name == prefix "fleet_passed" { fleet_passed = value; next }
name == prefix "host_passed" { passed[label("host")] = value; next }
name == prefix "host_results" { results[label("host")] = value; next }
name == prefix "host_steps" { steps[label("host"), label("verdict")] = value; ran[label("host")] = 1; next }
name == prefix "host_info" { known[label("host")] = label("by"); next }
name !~ "^" prefix "(fleet_exit_status|host_reason|host_expected|host_last_run_timestamp_seconds)$" {
	print "a metric that nobody knows: " $0
}
END {
	all_passed = 1
	for (host in lines) {
		if (lines[host] != 7 || !verdict[host])
			print "not one verdict of seven: " host
		if (passed[host] != is_good(verdict[host]))
			print "passed: " host
		if ((verdict[host] == "unknown") != !known[host])
			print "known: " host
		if (verdict[host] != "unknown" && results[host] < 1)
			print "a verdict without a result: " host
		if ((known[host] == "run") != (ran[host] == 1))
			print "steps: " host
		if (known[host] == "run" && is_good(verdict[host]) &&
		    (steps[host, "pass"] < 1 || steps[host, "fail"] != 0))
			print "good by nothing: " host
		all_passed = all_passed && is_good(verdict[host])
		print host, verdict[host]
	}
	for (word in counted)
		if (counted[word] != hosts[word] + 0)
			print "hosts: " word
	if (split("vulnerable broken unknown inconclusive skipped fixed not-affected", order, " ") == 7)
		for (i = 1; i <= 7; i++) {
			is_worst = !found && hosts[order[i]] > 0
			found = found || is_worst
			if (worst[order[i]] != is_worst)
				print "the worst: " order[i]
		}
	if (fleet_passed != all_passed)
		print "all: " fleet_passed
}
