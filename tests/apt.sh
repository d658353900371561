# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# Sourced by what takes packages from Debian's archive without installing them: any suite, any
# architecture, and the system's own apt and dpkg stay as they are.
#
#	open_cache		sets $cache and $work (a folder that goes away); one process at a time
#	read_index ARCH SUITE...
#	has_package, download, download_with_dependencies, unpack_into

say()
{
	echo "${0##*/}: $*" >&2
}

open_cache()
{
	cache=${IOMMU_RESETTEST_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/iommu-resettest}
	mkdir -p "$cache"
	exec 9>"$cache/lock"
	flock 9
	rm -rf "$cache"/fetch.*	# left by one that was killed
	trap '[ -z "${work-}" ] || rm -rf "$work"' EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP
	work=$(mktemp -d "$cache/fetch.XXXXXX")
}

# What the system's apt takes Debian from, and trusts: MIRROR CODENAME, a line for each suite.
debian_sources()
{
	# shellcheck disable=SC2016 # apt expands these
	apt-get indextargets --format '$(LABEL)|$(TRUSTED)|$(REPO_URI) $(CODENAME)' 'Created-By: Packages' |
		sed -n 's/^Debian|yes|//p' | grep '^[a-z+]*:' | grep -v '^cdrom:'
}

# Prints the mirror's address, or says what is missing.
mirror()
{
	uri=$(debian_sources | head -n 1 | cut -d ' ' -f 1)
	if [ -z "$uri" ] && [ "$(id -u)" = 0 ]; then
		say "apt has no index of Debian's archive, reading it"
		apt-get -qq update >&2 || :
		uri=$(debian_sources | head -n 1 | cut -d ' ' -f 1)
	fi
	[ -n "$uri" ] || { say "apt knows no Debian mirror here: run 'apt-get update' as root first"; return 1; }
	echo "$uri"
}

# The suite that this machine runs, not its updates or backports; or says what is missing.
own_suite()
{
	mirror >/dev/null && debian_sources | sed -n 's/^[^ ]* \([a-z]*\)$/\1/p' | head -n 1 | grep .
}

keyring()
{
	for file in /usr/share/keyrings/debian-archive-keyring.gpg \
		    /usr/share/keyrings/debian-archive-keyring.pgp; do
		[ ! -r "$file" ] || { echo "$file"; return 0; }
	done
	return 1
}

# private_apt ARCH COMMAND ARGUMENT...: as if on a machine of that architecture with nothing installed.
private_apt()
{
	private=$work/apt-$1 apt_arch=$1 command=$2
	shift 2
	"$command" -qq -oDir::Etc::SourceList="$private/sources.list" -oDir::Etc::SourceParts=/dev/null \
		-oDir::State::Lists="$private/lists" -oDir::Cache="$private/cache" \
		-oDir::State::status=/dev/null -oDebug::NoLocking=1 \
		-oAPT::Architecture="$apt_arch" -oAPT::Architectures="$apt_arch" \
		-oDir::Etc::Preferences=/dev/null -oDir::Etc::PreferencesParts=/dev/null \
		-oAPT::Sandbox::User=root -oAPT::Get::List-Cleanup=0 "$@"
}

# Tried once for each architecture; false when the index could not be read.
read_index()
{
	private=$work/apt-$1
	[ -d "$private" ] || fetch_index "$@" || :
	[ -e "$private/ready" ]
}

fetch_index()
{
	mkdir -p "$private/lists/partial" "$private/cache/archives/partial"
	uri=$(mirror) || return
	key=$(keyring) || { say "Debian's keyring is missing: install debian-archive-keyring"; return 1; }
	arch=$1
	shift
	say "reading the package indexes of $arch: $*"
	for suite; do
		echo "deb [arch=$arch signed-by=$key] $uri $suite main"
	done > "$private/sources.list"
	private_apt "$arch" apt-get update >&2 && : > "$private/ready"
}

# has_package ARCH PACKAGE: false when the mirror has it no more.
has_package()
{
	private_apt "$1" apt-cache show "$2" 2>/dev/null | grep -q '^Package:'
}

# download ARCH PACKAGE DIR: its .deb
download()
{
	say "downloading $2"
	mkdir -p "$3"
	(cd "$3" && private_apt "$1" apt-get download "$2") >&2
}

# download_with_dependencies ARCH DIR PACKAGE...: their .debs and all that they depend on
download_with_dependencies()
{
	arch=$1 dir=$2
	shift 2
	say "downloading for $arch: $*"
	private_apt "$arch" apt-get install --download-only --no-install-recommends -y "$@" >&2 || return
	mkdir -p "$dir"
	mv "$work/apt-$arch/cache/archives"/*.deb "$dir"
}

# unpack_into DIR DEB...: links to folders that are there stay what they are
unpack_into()
{
	dir=$1
	shift
	for deb; do
		dpkg-deb --fsys-tarfile "$deb" | tar -C "$dir" -x --keep-directory-symlink --no-same-owner || return
	done
}
