# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Sourced by run.sh: evidence beyond what was captured.
: "${captured:?where the captured evidence is}" "${work:?a folder for what is made}"

# with_end: counts that fit.
with_end() {
	awk '/^step / { steps++ } !/^end / { print; lines++ }
	END { print "end steps=" steps + 0 " lines=" lines + 1 }'
}

# block FILE NUMBER: that step of it.
block() {
	awk -v number="$2" '/^(step|end) / { inside = $0 ~ "^step number=" number " " } inside' "$1"
}

# rounds COUNT: a run of so many rounds. In each a step is skipped, one fails and two functions pass
# in one; another one passes, and in every third round proves nothing.
rounds() {
	sed '/^step /,$d' "$captured/7.3.4-cxl.ev"
	block "$captured/7.3.4-cxl.ev" 1 >"$work/block.skip"
	block "$captured/7.3.4-cxl.ev" 3 >"$work/block.pass"
	block "$captured/7.3.4-dma.ev" 5 >"$work/block.fail"
	block "$captured/7.3.4-siblings.ev" 2 >"$work/block.siblings"
	grep -v '^trace' "$work/block.pass" >"$work/block.inconclusive"
	awk -v rounds="$1" -v work="$work" '
		function put(kind, round,    file, line) {
			file = work "/block." kind
			while ((getline line < file) > 0) {
				if (line ~ /^step /)
					sub(/^step number=[0-9]+/, "step number=" ++number " round=" round, line)
				if (line ~ /^trace .* kind=mark-/)
					sub(/ value=[0-9]+/, " value=" number, line)
				print line
			}
			close(file)
		}
		BEGIN {
			for (round = 1; round <= rounds; round++) {
				put("skip", round)
				put(round % 3 ? "pass" : "inconclusive", round)
				put("fail", round)
				put("siblings", round)
			}
		}' | sed -E 's/^(step .*) lines=[0-9]+/\1/'
}

# What breaks one form or another, as an evidence file spells it: quotes of all kinds, markup, the
# marks of TAP, a line of it, a label of Prometheus, control characters, no UTF-8, no character.
hostile='# SKIP <b a=\"1\">&amp;]]></b> {x=\"y\\\\\"} '\''# TODO\x0aok 9 - all is well\x0aBail out!\x09\x1b[31m\xff\xc3\xa4\xef\xbf\xbf\xe2\x80\xa8\xed\xa0\x80'
hostile_name='<\"&+# \x0aok 1\\\xff'

hostile_evidence() {
	quoted=$(printf '%s' "$hostile" | sed 's/[\\&|]/\\&/g')
	name=$(printf '%s' "$hostile_name" | sed 's/[\\&|]/\\&/g')
	sed -E "s|nodename=[^ ]*|nodename=\"$name\"|; s|skip_text=\"[^\"]+\"|skip_text=\"$quoted\"|
		s|^(refusal function=)[^ ]* reason=[^ ]* text=\"[^\"]*\"|\1\"$name\" reason=\"$name\" text=\"$quoted\"|
		s|^(kernel release=)[^ ]*|\1\"$name\"|; s|(^step .* method=)\"\"|\1\"$name\"|
		s|started=20[^ ]*|started=\"$name\"|; s|run_id=[^ ]*|run_id=\"$name\"|
		s|tool_version=[^ ]*|tool_version=\"$name\"|; s|(^counter name=)warn_count|\1\"$name\"|
		s|^(subject function=)0000:00:1f.2|\1\"$name\"|; s|^(subject function=)0000:00:1f.3|\1\"\\\\\\\\xff\"|
		3i warning text=\"$quoted\"" "$captured/7.0.4-cxl.ev" | with_end
}
