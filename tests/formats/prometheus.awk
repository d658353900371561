# SPDX-License-Identifier: GPL-2.0-or-later
# What a file for the node exporter's textfile collector must be, beyond promtool's checks; for
# prometheus-run.awk and prometheus-fleet.awk, which are given after it. Prints what is wrong.
BEGIN { prefix = "iommu_resettest_" }
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
