# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# bash completion for iommu-resettest(8)

# Offers the names in a directory that begin so, by the shell alone: that is fast on machines with many functions.
_iommu_resettest_offer_names() {
	local LC_ALL=C entries=("$1/$2"*)

	[[ -e ${entries[0]} || -L ${entries[0]} ]] || return
	COMPREPLY=("${entries[@]##*/}")
	_iommu_resettest_cut_colons "$2"
}

# What mainline knows, and what the machine's functions list; of very many, some will do.
_iommu_resettest_methods() {
	local files=(/sys/bus/pci/devices/*/reset_method)

	printf '%s\n' device_specific acpi flr af_flr pm bus cxl_bus
	cat "${files[@]:0:1000}" 2>/dev/null | LC_ALL=C sort -u
}

_iommu_resettest_commands='list check plan run recover judge report merge explain'
_iommu_resettest_formats='text html json jsonl ktap tap junit ocptv prometheus'
_iommu_resettest_merged='text html json ktap tap junit prometheus'

# FORMAT:FILE, of the formats $2; of a word that holds the colon readline replaces what is behind it.
_iommu_resettest_report() {
	local format file=${1#*:}

	if [[ $1 == *:* ]]; then
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -f -- "$file")
		[[ $COMP_WORDBREAKS == *:* ]] || COMPREPLY=("${COMPREPLY[@]/#/${1%%:*}:}")
		return
	fi
	compopt -o nospace 2>/dev/null
	for format in $2; do
		[[ $format == "$1"* ]] && COMPREPLY+=("$format:")
	done
}

_iommu_resettest_options() {
	local selection='-s --slot -d --device -g --group -m --method'
	local target="$selection --all -t --scenario --with-driver --unbind --with-traffic --force-in-use --with-vfs --jobs"
	local common='-q --quiet -v --verbose --color --ascii --help --usage --version'

	case $1 in
	list) echo "$selection -o --output -O --output-all -n --noheadings -r --raw -P --pairs --tree -j -J --json --sysroot $common" ;;
	check) echo "-j --json -k --kernel --sysroot --skip-exit $common" ;;
	plan) echo "$target -j --json --sysroot $common" ;;
	run) echo "$target -j --json --jsonl --format --report --save --syslog --progress --timeout --on-hang --loops --duration --interval --until-fail --resume --state-dir --skip-exit $common" ;;
	recover) echo "-j --json --state-dir --forget $common" ;;
	judge) echo "-j --json --jsonl --format --report --skip-exit $common" ;;
	report) echo "--html $common" ;;
	merge) echo "-j --json --format --report --hosts --html --skip-exit $common" ;;
	explain) echo "$common" ;;
	*) echo '--help --version' ;;
	esac
}

# Names with commas between them, after a + or not.
_iommu_resettest_columns() {
	local before='' current_column

	[[ $1 != +* ]] || before=+
	[[ $1 != *,* ]] || before=${1%,*},
	current_column=${1#"$before"}
	compopt -o nospace 2>/dev/null
	# One word each, none with white space.
	# shellcheck disable=SC2207
	COMPREPLY=($(compgen -P "$before" -W 'FUNCTION GROUP DOMAIN DRIVER METHODS ATS PRI PASID CXL-PORT NESTS IN-USE
		USES NAME CLASS CLASS-NAME ID VENDOR DEVICE UPSTREAM PF BRIDGE UNTRUSTED' -- "${current_column^^}"))
}

# Words that hold colons would be replaced from the last colon on: readline breaks words there.
_iommu_resettest_cut_colons() {
	local prefix

	[[ $1 == *:* && $COMP_WORDBREAKS == *:* ]] || return
	prefix=${1%"${1##*:}"}
	COMPREPLY=("${COMPREPLY[@]#"$prefix"}")
}

_iommu_resettest_offer() {
	# One word each, none with white space.
	# shellcheck disable=SC2207
	COMPREPLY=($(compgen -W "$1" -- "$2"))
	_iommu_resettest_cut_colons "$2"
}

_iommu_resettest() {
	local line words cword current previous command word formats=$_iommu_resettest_formats

	# The words as the shell sees them, not broken at colons and equal signs.
	line=${COMP_LINE:0:COMP_POINT}
	read -r -a words <<<"$line"
	[[ $line == *[[:space:]] ]] && words+=('')
	cword=$((${#words[@]} - 1))
	current=${words[cword]}
	previous=${words[cword - 1]}
	command=
	for word in "${words[@]:1:cword - 1}"; do
		[[ $word == -* ]] || { command=$word; break; }
	done
	[[ $command != merge ]] || formats=$_iommu_resettest_merged
	COMPREPLY=()
	if [[ $current == --*=* ]]; then
		previous=${current%%=*}
		current=${current#*=}
	fi

	# Its argument can only stand behind an equal sign.
	if [[ ${words[cword]} == --color=* ]]; then
		_iommu_resettest_offer 'auto always never' "$current"
		return
	fi
	case $previous in
	-s|--slot)
		_iommu_resettest_offer_names /sys/bus/pci/devices "$current"
		return ;;
	-g|--group)
		_iommu_resettest_offer_names /sys/kernel/iommu_groups "$current"
		return ;;
	-m|--method)
		_iommu_resettest_offer "$(_iommu_resettest_methods)" "$current"
		return ;;
	-t|--scenario)
		_iommu_resettest_offer 'nested single siblings probe storm attach-race driver vf vfio pasid' "$current"
		return ;;
	-o|--output)
		[[ $command != list ]] || _iommu_resettest_columns "$current"
		return ;;
	--format)
		_iommu_resettest_offer "$formats" "$current"
		return ;;
	--report)
		_iommu_resettest_report "$current" "$formats"
		return ;;
	--progress)
		_iommu_resettest_offer 'auto live lines none' "$current"
		return ;;
	--on-hang)
		_iommu_resettest_offer 'stop continue' "$current"
		return ;;
	--sysroot|--state-dir)
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -d -- "$current")
		return ;;
	-k|--kernel|--save|--html|--hosts)
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -f -- "$current")
		return ;;
	-d|--device|--jobs|--timeout|--loops|--duration|--interval|--skip-exit)
		return ;;
	esac

	if [[ -z $command ]]; then
		_iommu_resettest_offer "$_iommu_resettest_commands help $(_iommu_resettest_options '')" "$current"
	elif [[ $current == -* ]]; then
		_iommu_resettest_offer "$(_iommu_resettest_options "$command")" "$current"
	else
		case $command in
		list|plan|run)
			_iommu_resettest_offer_names /sys/bus/pci/devices "$current" ;;
		judge|report|merge)
			compopt -o filenames 2>/dev/null
			mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
		help)
			_iommu_resettest_offer "$_iommu_resettest_commands" "$current" ;;
		explain)
			_iommu_resettest_offer "$("${words[0]}" explain -q 2>/dev/null)" "$current" ;;
		esac
	fi
}

complete -F _iommu_resettest iommu-resettest
