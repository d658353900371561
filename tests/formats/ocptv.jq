# SPDX-License-Identifier: GPL-2.0-or-later
# What version 2.0 of the OCP Test and Validation specification asks of each line and of their order.
# Reads the lines as one list (jq -s); prints a line for each thing that is wrong.
# $want: pass, fail, skip and inconclusive steps, functions refused, different steps, the verdict,
# and whether the whole counts as failed.

def text: type == "string" and length > 0;
def only($required; $optional):
	type == "object" and ($required - keys == []) and (keys - $required - $optional == []);
def one_of($words): . as $word | any($words[]; . == $word);
def status: one_of(["COMPLETE", "ERROR", "SKIP"]);

def log_shape:
	only(["severity", "message"]; ["sourceLocation"]) and (.message | type == "string") and
	(.severity | one_of(["DEBUG", "INFO", "WARNING", "ERROR", "FATAL"]));
def error_shape:
	only(["symptom"]; ["message", "softwareInfoIds", "sourceLocation"]) and (.symptom | text);

def shape:
	if .schemaVersion then .schemaVersion == {major: 2, minor: 0}
	elif .testRunArtifact then .testRunArtifact | keys[0] as $kind | length == 1 and (.[$kind] |
		if $kind == "testRunStart" then
			only(["name", "version", "commandLine", "parameters", "dutInfo"]; ["metadata"]) and
			(.name | text) and (.version | text) and (.commandLine | type == "string") and
			(.parameters | type == "object") and
			(.dutInfo | only(["dutInfoId"]; ["name", "metadata", "platformInfos",
				"softwareInfos", "hardwareInfos"]) and (.dutInfoId | text) and
				(.name | type == "string") and
				all(.softwareInfos[]; only(["softwareInfoId", "name"];
					["version", "revision", "softwareType", "computerSystem"]) and
					(.softwareType | one_of(["UNSPECIFIED", "FIRMWARE", "SYSTEM", "APPLICATION"]))))
		elif $kind == "testRunEnd" then
			only(["status", "result"]; []) and
			([.status, .result] | one_of([["COMPLETE", "PASS"], ["COMPLETE", "FAIL"],
				["SKIP", "NOT_APPLICABLE"], ["ERROR", "NOT_APPLICABLE"]]))
		elif $kind == "log" then log_shape
		elif $kind == "error" then error_shape
		else false end)
	elif .testStepArtifact then .testStepArtifact | (.testStepId | text) and
		(del(.testStepId) | keys[0] as $kind | length == 1 and (.[$kind] |
		if $kind == "testStepStart" then only(["name"]; []) and (.name | text)
		elif $kind == "testStepEnd" then only(["status"]; []) and (.status | status)
		elif $kind == "measurement" then
			only(["name", "value"]; ["unit", "validators", "hardwareInfoId", "subcomponent",
				"metadata"]) and (.name | text) and
			(.value | type | one_of(["number", "string", "boolean"])) and
			(.unit // "x" | text)
		elif $kind == "diagnosis" then
			only(["verdict", "type"]; ["message", "hardwareInfoId", "subcomponent",
				"sourceLocation"]) and
			(.verdict | test("^[a-z][a-z0-9-]*$")) and
			(.type | one_of(["PASS", "FAIL", "UNKNOWN"])) and (.message // "x" | text)
		elif $kind == "extension" then
			only(["name", "content"]; []) and (.name | text) and (.content | type == "object")
		elif $kind == "log" then log_shape
		elif $kind == "error" then error_shape
		else false end))
	else false end;
# The steps that are open, and those that were, after each line; and what is wrong with the line.
def order:
	reduce .[] as $line ({seen: [], open: null, at: 0, started: false, ended: false, wrong: []};
		($line.testStepArtifact // {}) as $step | ($line.testRunArtifact // {}) as $run |
		.at += 1 |
		if .ended then .wrong += ["a line after the end"] else . end |
		if (.at == 1) != ($line | has("schemaVersion")) then .wrong += ["the version is not first"] else . end |
		if (.at == 2) != ($run | has("testRunStart")) then .wrong += ["the start is not second"] else . end |
		if ($step | has("testStepStart")) then
			(if .open != null then .wrong += ["a step within a step"] else . end) |
			(if any(.seen[]; . == $step.testStepId) then .wrong += ["a step twice"] else . end) |
			.open = $step.testStepId | .seen += [.open]
		elif ($step | has("testStepId")) then
			(if .open != $step.testStepId then .wrong += ["a line of a step that is not open"] else . end) |
			(if ($step | has("testStepEnd")) then .open = null else . end)
		else . end |
		if ($run | has("testRunEnd")) then
			.ended = true | (if .open != null then .wrong += ["a step is open"] else . end)
		else . end) |
	.wrong[], (if .ended then empty else "no end" end);

def steps: [.[] | .testStepArtifact | values] | group_by(.testStepId | tonumber);
def sum_of($word): [.[] | .extension | values | select(.name == "steps") | .content[$word]] | add // 0;
def types: [.[] | .diagnosis | values | .type];

($want | split(" ")) as [$pass, $fail, $skip, $inconclusive, $refused, $points, $verdict, $bad] |
. as $lines |
([keys[] | select(. as $i | $lines[$i] |
	(only(["sequenceNumber", "timestamp"]; ["schemaVersion", "testRunArtifact", "testStepArtifact"]) and
	 length == 3 and .sequenceNumber == $i and
	 (.timestamp | test("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$")) and
	 shape) | not)] | .[] | "line \(. + 1) is not of the form"),
order,
(if [.[].timestamp] == ([.[].timestamp] | sort) then empty else "time goes back" end),
(steps as $steps | [$steps[] | .[0].testStepStart.name] as $names |
	(if $names[-1] == "verdict" then empty else "the last step is not the verdict" end),
	(if ($names | unique | length) == ($names | length) then empty else "a name twice" end),
	(if ($steps | length) == ($points | tonumber) + 1 then empty else "\($steps | length) steps" end),
	([$lines[].testStepArtifact | values] |
		[sum_of("pass"), sum_of("fail"), sum_of("skip"), sum_of("inconclusive")] |
		if map(tostring) == [$pass, $fail, $skip, $inconclusive] then empty else "sums: \(.)" end),
	# Each step's diagnoses go with its counts: what was not shown is no pass.
	($steps[:-1][] | sum_of("fail") as $failed | sum_of("inconclusive") as $unsure |
		sum_of("pass") as $passed | types as $types |
		if $failed > 0 then any($types[]; . == "FAIL") and all($types[]; . != "PASS")
		elif $unsure > 0 then $types == ["UNKNOWN"]
		elif $passed > 0 then $types == ["PASS"]
		else $types == [] and .[-1].testStepEnd.status == "SKIP" end |
		if . then empty else "the diagnosis is not that of the counts: \($types)" end),
	($steps[-1] | map(.diagnosis | values) |
		if length == 1 and .[0].verdict == $verdict then empty else "the verdict is not \($verdict)" end)),
([.[].testRunArtifact | values | .log | values | select(.message | startswith("refused: "))] |
	if (length | tostring) == $refused then empty else "\(length) refused" end),
(.[-1].testRunArtifact.testRunEnd |
	if (.result == "PASS") == ($bad == "0" and ($verdict == "fixed" or $verdict == "not-affected")) and
	   (.result == "FAIL") == ($verdict == "vulnerable" or $verdict == "broken")
	then empty else "the result is \(.result)" end)
