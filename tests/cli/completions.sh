#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: BINARY=FILE completions.sh
# What the completions offer; each shell that is not there is skipped. Prints TAP.
set -u
LC_ALL=C
export LC_ALL

: "${BINARY:?the program to test}"
top=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/files"
ln -s "$BINARY" "$work/bin/iommu-resettest"
PATH=$work/bin:$PATH
: >"$work/files/evidence.txt"
number=0
failed=0

# What bash offers for a line that ends at the cursor, one word a line.
cat >"$work/bash" <<'BASH'
source "$1"
COMP_LINE=$2 COMP_POINT=${#2} COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'
_iommu_resettest
printf '%s\n' "${COMPREPLY[@]}"
BASH

# The same of zsh, on a terminal of zpty: each word that it would insert, behind <hit>, and each line
# that it would show with a meaning, behind <shown>.
cat >"$work/zsh" <<'ZSH'
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PROMPT= RPROMPT= PS2=
fpath=($1 \$fpath); autoload -Uz compinit; compinit -u -D
zstyle ':completion:*' verbose yes
bindkey '^I' complete-word
compadd() {
	local at
	local -a hits shown
	if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd \"\$@\"; return; fi
	at=\${@[(i)-d]}
	(( at < \$# )) && [[ \${@[at + 1]} != \\(* ]] && shown=(\"\${(@P)@[at + 1]}\")
	builtin compadd -A hits -D shown \"\$@\"
	(( \$#hits )) && print -rl -- '' '<hit>'\${^hits}
	(( \$#shown )) && print -rl -- '' '<shown>'\${^shown}
	builtin compadd \"\$@\"
}
over() { print '<over>' }
comppostfuncs=(over)
print '<ready>'"
zpty -r shell all '*<ready>*'
zpty -w -n shell "$2"$'\t'
zpty -r shell all '*<over>*'
print -r -- "$all"
zpty -d shell
ZSH

# in_zsh MARK LINE
in_zsh() {
	# Where nothing is offered, the end may not be told.
	timeout 120 zsh -f "$work/zsh" "$top/completions" "$2" | tr -d '\r' | sed -n "s/^<$1>//p"
}

offers() {
	case $1 in
	zsh) in_zsh hit "$2" ;;
	bash) bash "$work/bash" "$top/completions/iommu-resettest.bash" "$2" ;;
	fish) fish --no-config -c "source '$top/completions/iommu-resettest.fish'; complete -C '$2'" |
		sed 's/\t.*//' ;;
	esac | LC_ALL=C sort | tr '\n' ' '
}

# line LINE WANTED [SHELLS]: the same from each shell, in alphabetical order.
line() {
	for shell in ${3:-bash zsh fish}; do
		number=$((number + 1))
		if ! command -v "$shell" >/dev/null; then
			echo "ok $number - $shell: $1 # SKIP $shell is not there"
			continue
		fi
		given=$(offers "$shell" "$1")
		if [ "$given" = "$2 " ]; then
			echo "ok $number - $shell: $1"
		else
			echo "not ok $number - $shell: $1"
			echo "# offered: $given"
			echo "# wanted:  $2"
			failed=1
		fi
	done
}

cd "$work/files" || exit 2
line 'iommu-resettest ru' run
line 'iommu-resettest run --s' '--save --scenario --skip-exit --slot --state-dir --syslog'
line 'iommu-resettest rec' recover
line 'iommu-resettest he' help
line 'iommu-resettest help rep' report
line 'iommu-resettest run -t ' 'attach-race driver nested pasid probe siblings single storm vf vfio'
line 'iommu-resettest run --on-hang ' 'continue stop'
line 'iommu-resettest plan -m cxl' cxl_bus
line 'iommu-resettest check --ker' --kernel
line 'iommu-resettest explain no-tra' 'no-trace no-traffic'
line 'iommu-resettest judge evi' evidence.txt
line 'iommu-resettest run --save evi' evidence.txt
line 'iommu-resettest run --format js' 'json jsonl'
line 'iommu-resettest judge --report jsonl' jsonl: 'bash fish'
line 'iommu-resettest merge --format j' 'json junit'
line 'iommu-resettest merge --report j' 'json: junit:' 'bash fish'
line 'iommu-resettest merge --report j' 'json junit' zsh
# Zsh adds the colon by itself.
line 'iommu-resettest judge --report jsonl' jsonl zsh
line 'iommu-resettest judge --color=a' 'always auto' 'bash zsh'
line 'iommu-resettest judge --color=a' '--color=always --color=auto' fish
line 'iommu-resettest list -o CLASS' 'CLASS CLASS-NAME'
line 'iommu-resettest list -o METHODS,DE' DEVICE zsh
line 'iommu-resettest list -o METHODS,DE' METHODS,DEVICE 'bash fish'
line 'iommu-resettest list -o +CXL' +CXL-PORT bash
line 'iommu-resettest list -o +CXL' CXL-PORT zsh
line 'iommu-resettest list --output-' --output-all

# What this machine has, and what it is where the shell can show it.
machine=$("$BINARY" list -qno FUNCTION 2>/dev/null | tr '\n' ' ')
domain=${machine%%:*}
if [ -n "$machine" ]; then
	line "iommu-resettest plan $domain:" "${machine% }" 'zsh fish'
	# Bash replaces from the last colon on.
	first=${machine%% *}
	line "iommu-resettest plan ${first%.*}." "$(printf '%s\n' "$machine" | tr ' ' '\n' |
		sed -n "s/^${first%:*}:\(${first##*:}\)$/\1/p" | tr '\n' ' ' | sed 's/ $//')" bash
fi
groups=$("$BINARY" list -qno GROUP 2>/dev/null | grep -v -e - | LC_ALL=C sort -u | tr '\n' ' ')
[ -z "$groups" ] || line 'iommu-resettest list -g ' "${groups% }"

# meaning SHELL LINE TEXT
meaning() {
	number=$((number + 1))
	if ! command -v "$1" >/dev/null; then
		echo "ok $number - $1: the meaning for $2 # SKIP $1 is not there"
		return
	fi
	case $1 in
	zsh) in_zsh shown "$2" ;;
	fish) fish --no-config -c "source '$top/completions/iommu-resettest.fish'; complete -C '$2'" ;;
	esac >"$work/shown"
	if grep -qF -e "$3" "$work/shown"; then
		echo "ok $number - $1: the meaning for $2"
	else
		echo "not ok $number - $1: the meaning for $2"
		sed 's/^/# /' "$work/shown"
		failed=1
	fi
}
for shell in zsh fish; do
	meaning $shell 'iommu-resettest list -m ' 'function level reset'
	meaning $shell 'iommu-resettest list -o NE' 'methods that nest'
	meaning $shell 'iommu-resettest explain no-trac' 'nothing shows what it did'
	[ -z "$machine" ] ||
		meaning $shell "iommu-resettest run $domain:" "$("$BINARY" list -qno CLASS-NAME | head -n 1)"
done

echo "1..$number"
exit $failed
