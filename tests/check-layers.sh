#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: check-layers.sh SRC_DIR OBJECT_DIR
# Holds the source to the architecture: includes point only down, a library is known to its adapter
# alone, plan and judge are pure, and nothing but step/ writes to the hardware. Prints TAP.
set -u

[ $# = 2 ] || { echo "usage: $0 SRC_DIR OBJECT_DIR" >&2; exit 2; }
src=$1
objects=$2
number=0
failed=0

complaints=$(mktemp) || exit 2
trap 'rm -f "$complaints"' EXIT

# A rule whose check wrote no complaints is kept.
report() {
	number=$((number + 1))
	if [ -s "$complaints" ]; then
		echo "not ok $number - $1"
		sed 's/^/# /' "$complaints"
		failed=1
	else
		echo "ok $number - $1"
	fi
}

files=$(cd "$src" && find . -name '*.[ch]' | sed 's,^\./,,' | LC_ALL=C sort)

# Lines "FILE QUOTE NAME" for each include; QUOTE is < or ".
includes() {
	for file in $files; do
		sed -nE "s,^[[:space:]]*#[[:space:]]*include[[:space:]]*([<\"])([^>\"]+)[>\"].*,$file \1 \2,p" \
			"$src/$file"
	done
}
all_includes=$(includes)

printf '%s\n' "$all_includes" | awk '
BEGIN {
	may["base"] = "base"
	may["model"] = "model base"
	may["kernel"] = "kernel model base"
	may["snapshot"] = "snapshot model base"
	may["plan"] = "plan model base"
	may["observe"] = "observe model base"
	may["journal"] = "journal model base"
	may["step"] = "step journal observe model base"
	may["judge"] = "judge model base"
	may["render"] = "render model base"
	may["cli"] = "cli render judge step journal observe plan snapshot kernel model base"
}
$2 == "\"" && $3 != "config.h" {
	split($1, from, "/"); split($3, to, "/")
	if ($3 !~ /^[a-z]+\/[a-z0-9_]+\.h$/)
		print $1 ": write \"folder/file.h\": " $3
	else if (index(" " may[from[1]] " ", " " to[1] " ") == 0)
		print $1 ": " from[1] " may not include " $3
	seen++
}
END { if (!seen) print "no include was found at all" }' >"$complaints"
report 'includes point only down'

printf '%s\n' "$all_includes" | awk '
function confine(header, where) { pattern[++n] = header; home[n] = where }
BEGIN {
	confine("^pci/", "^(snapshot/pci|observe/config)")
	confine("^libudev\\.h$", "^(snapshot/udev|observe/uevent)")
	confine("^(tracefs/)?tracefs\\.h$|event-parse\\.h$|trace-seq\\.h$", "^observe/trace")
	confine("^bpf/", "^kernel/btf")
	confine("^(zlib|lzma|zstd|lz4[a-z]*)\\.h$", "^kernel/")
	confine("^json-c/|^json[a-z_]*\\.h$", "^render/.*json")
	confine("^libsmartcols\\.h$", "^render/list_table")
	confine("^argp\\.h$", "^cli/")
}
$2 == "<" {
	for (i = 1; i <= n; i++)
		if ($3 ~ pattern[i] && $1 !~ home[i])
			print $1 ": <" $3 "> belongs to " home[i]
}' >"$complaints"
report 'each library is known to its adapter alone'

printf '%s\n' "$all_includes" | awk '
$1 ~ /^(plan|judge)\// && ($3 ~ /^(unistd|fcntl|time|signal|dirent|pthread)\.h$|^sys\// ||
	$3 ~ /^base\/root\.h$/) { print $1 ": " $3 }' >"$complaints"
report 'plan and judge include nothing that touches the system'

# The headers alone do not show it: base/attr.h brings unistd.h and stdio.h for its cleanup handlers.
impure='^(open|openat|creat|read|write|pread|pwrite|readv|writev|close|ioctl|syscall|stat|fstat|lstat'
impure="$impure|fstatat|access|faccessat|readlink|readlinkat|opendir|fdopendir|readdir|mmap|fork|vfork"
impure="$impure|exec[lv].*|system|popen|kill|signal|sigaction|exit|_exit|abort|get[pu]id|geteuid"
impure="$impure|getenv|secure_getenv|setenv|setlocale|uname|time|times|clock|clock_gettime"
impure="$impure|gettimeofday|localtime.*|gmtime.*|sleep|usleep|nanosleep|poll|select|rand|random"
impure="$impure|getrandom|std(in|out|err)|perror|v?f?printf|v?dprintf|__v?[fd]?printf_chk|f?puts|f?putc"
impure="$impure|putchar|fopen|fdopen|fclose|fread|fwrite|fgets|fgetc|getline|getdelim|fflush|fscanf"
impure="$impure|root_.*|monotonic_ns|write_all)(64)?(@.*)?\$"
# shellcheck disable=SC2044 # our own file names
for folder in plan judge; do
	for object in $(find "$objects/$folder" -name '*.o' 2>/dev/null || :); do
		nm -P -u "$object" | awk -v object="$folder/${object##*/}" -v impure="$impure" \
			'$1 ~ impure { print object ": calls " $1 }'
		nm -f sysv "$object" | awk -F'|' -v object="$folder/${object##*/}" \
			'$NF ~ /^\.(data|bss|tdata|tbss)(\.[A-Za-z_]|$)/ && $NF !~ /^\.data\.rel\.ro/ {
				gsub(/ /, "", $1); print object ": has the variable " $1 }'
	done
	[ -n "$(find "$objects/$folder" -name '*.o' 2>/dev/null)" ] ||
		echo "$objects/$folder: no object to look at"
done >"$complaints"
report 'plan and judge call nothing impure and keep no state'

# Who else may open a file for writing, and why.
#	base/detach*     /dev/null, in place of descriptors of the caller
#	cli/save*        the file the user asked for
#	cli/destination* the same under another name, until it is whole
#	cli/outlet*      the terminal, pipe or file that whoever waits reads
#	cli/lock*        the lock that one run holds
#	cli/surroundings* /dev/null, where a standard descriptor is closed
#	journal/journal* the journal of what a run changes
#	observe/kmsg*    the marker records
#	observe/trace*   the tool's own trace instance
for file in $files; do
	case $file in
	step/*|base/detach*|cli/save*|cli/destination*|cli/outlet*|cli/lock*|cli/surroundings*|journal/journal*|observe/kmsg*|observe/trace*) continue ;;
	esac
	grep -nE '\<O_(WRONLY|RDWR|CREAT|TRUNC|APPEND)\>|\<creat\(|\<fopen\([^;]*"[rwa]*[wa+]' \
		"$src/$file" | sed "s,^,$file:,"
done >"$complaints"
report 'only step/ writes to the hardware'

listed=$(make -s -f "$src/../Makefile" srcdir="$src/.." print-sources | LC_ALL=C sort)
present=$(printf '%s\n' "$files" | sed -n 's,.*\.c$,src/&,p')
printf '%s\n' "$listed" "$present" "$present" | LC_ALL=C sort | uniq -c |
	awk '$1 == 1 { print "the Makefile lists " $2 ", which is not there" }
	     $1 == 2 { print $2 " is not in the Makefile" }' >"$complaints"
report 'the Makefile lists each source file'

# HACKING.md has people look for it there.
for file in $files; do
	case $file in
	*.h) sed -n '2{/^\/\*/!p;}' "$src/$file" | sed "s,.*,$file: its second line says what it is for," ;;
	esac
done >"$complaints"
report 'each header says what it is for'

# Lines "FILE WORD" of what headers declare and of what macros in headers and C files hold, tests
# included. A comment uses nothing.
# shellcheck disable=SC2046 # our own file names
awk -v src="$src/" '
function code(line,   out, at) {
	if (!within)
		gsub(/\047\\?"\047|"([^"\\]|\\.)*"/, "", line)
	for (out = ""; line != ""; within = !within) {
		at = index(line, within ? "*/" : "/*")
		if (!within)
			out = out " " (at ? substr(line, 1, at - 1) : line)
		if (!at)
			break
		line = substr(line, at + 2)
	}
	sub(/\/\/.*/, "", out)
	return out
}
FNR == 1 {
	within = macro = 0
}
pass == 1 {
	if (/^[a-z].*\(/ && !/^(static|typedef)/ && match($0, /[a-z0-9_]+\(/))
		declared[substr($0, RSTART, RLENGTH - 1)] = substr(FILENAME, length(src) + 1)
	next
}
{
	text = code($0)
	macro = /^#define/ || (macro && continued)
	continued = /\\$/
	if (FILENAME ~ /\.h$/ && !macro)
		next
	gsub(/[^A-Za-z0-9_]+/, " ", text)
	for (i = split(text, words, " "); i; i--)
		if (words[i] in declared && last[words[i]] != FILENAME) {
			last[words[i]] = FILENAME
			files[words[i]]++
		}
}
END {
	for (name in declared)
		if (files[name] < 2)
			print declared[name] ": " name "() is of use to its own file alone"
}' pass=1 $(find "$src" -name '*.h') pass=2 $(find "$src" -name '*.h') \
	$(find "$src" "$src/../tests" -name '*.c') >"$complaints" || echo 'awk failed' >>"$complaints"
report 'what a header declares is used elsewhere'

echo "1..$number"
exit $failed
