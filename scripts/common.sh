# SPDX-License-Identifier: AGPL-3.0-or-later
# What ./start and ./test share: speaking plainly, installing what is missing, building only what changed.
# Sourced by bash from the top of the tree; it defines functions and does nothing by itself.
# shellcheck shell=bash

LOGS=build/logs
STAMPS=build/stamps

# What the house is built from.
BUILD_PACKAGES=(gcc libc6-dev meson ninja-build pkg-config libmicrohttpd-dev libsodium-dev libjansson-dev libsqlite3-dev libpq-dev libical-dev tzdata)

say() { printf '%s\n' "$*"; }

# Ends the command with a sentence that says what to do.
stop() {
	printf '\n%s\n' "$*" >&2
	exit 1
}

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		stop "Debian packages are missing and only root may install them. Run this command as root, or install sudo."
	fi
}

# logged NAME COMMAND…: runs the command with all it prints in build/logs/NAME.log; shows the end of it on failure.
logged() {
	local name=$1 status=0
	shift
	mkdir -p "$LOGS"
	"$@" >"$LOGS/$name.log" 2>&1 </dev/null || status=$?
	if [ "$status" -ne 0 ]; then
		tail -n 40 "$LOGS/$name.log" >&2
		say "The whole of it is in $LOGS/$name.log." >&2
	fi
	return "$status"
}

missing_packages() {
	local package
	for package in "$@"; do
		case "$(dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null)" in
		installed*) ;;
		*) printf '%s\n' "$package" ;;
		esac
	done
}

# A database or a web server that is installed for a test has no business on this machine's ports: while packages are
# laid down, Debian is told to start nothing (unless the machine has rules of its own for that).
install_quietly() {
	local rule=/usr/sbin/policy-rc.d ours='' status=0
	if [ ! -e "$rule" ]; then
		ours=yes
		printf '#!/bin/sh\nexit 101\n' | as_root tee "$rule"
		as_root chmod 755 "$rule"
	fi
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -qy --no-install-recommends install "$@" || status=$?
	[ -z "$ours" ] || as_root rm -f "$rule"
	return "$status"
}

install_packages() {
	local missing
	command -v dpkg-query >/dev/null ||
		stop "This command installs Debian packages. On another system, install what these are called there, then build with meson: $*"
	mapfile -t missing < <(missing_packages "$@")
	[ "${#missing[@]}" -gt 0 ] || return 0
	say "Installing from Debian: ${missing[*]}"
	as_root true
	logged apt-update as_root apt-get -q update ||
		stop "Debian's package lists could not be fetched. Check the network and /etc/apt/sources.list, then try again."
	logged apt-install install_quietly "${missing[@]}" ||
		stop "Debian could not install these: ${missing[*]}. Mend what the lines above say, then try again."
}

# Node is needed to build the client, never to run the house. Debian 12's own (18) will do.
install_node() {
	local major
	# Where there is no Node yet, asking it fails, and that alone must not end the command.
	major=$({ node --version 2>/dev/null || true; } | sed -n 's/^v\([0-9]*\)\..*/\1/p')
	if [ "${major:-0}" -lt 18 ] || ! command -v npm >/dev/null; then
		install_packages nodejs npm
	fi
}

# Exactly the locked packages, and none of their scripts.
install_npm() {
	local lock stamp=node_modules/.beside-lock
	lock=$(sha256sum package-lock.json)
	[ "$(cat "$stamp" 2>/dev/null)" != "$lock" ] || return 0
	say "Fetching the client's packages, as package-lock.json names them."
	logged npm npm ci --ignore-scripts --no-audit --no-fund ||
		stop "npm could not fetch the packages. Check the network and that the npm registry can be reached, then try again."
	printf '%s\n' "$lock" >"$stamp"
}

# One line that changes when any byte of the named files or folders does.
content_of() {
	find "$@" -type f -print0 2>/dev/null | sort -z | xargs -0r sha256sum | sha256sum
}

# stale NAME PATH…: true when what NAME was made from has changed since fresh NAME PATH… was called.
stale() {
	local name=$1
	shift
	[ "$(cat "$STAMPS/$name" 2>/dev/null)" != "$(content_of "$@")" ]
}

fresh() {
	local name=$1
	shift
	mkdir -p "$STAMPS"
	content_of "$@" >"$STAMPS/$name"
}

# The client goes into the binary, so it is built first.
CLIENT_SOURCES=(web spec package.json package-lock.json tsconfig.json)
SERVER_SOURCES=(src tools packaging/beside.1 meson.build meson_options.txt build/web)

build_client() {
	if [ -e build/web/manifest.json ] && ! stale client "${CLIENT_SOURCES[@]}"; then return 0; fi
	say "Building the client."
	logged client node web/build.mjs ||
		stop "The client did not build. The lines above say why."
	fresh client "${CLIENT_SOURCES[@]}"
}

# meson_setup FOLDER OPTION…: also when the folder is set up already, since a new source file must be seen.
meson_setup() {
	if [ -e "$1/build.ninja" ]; then meson setup --reconfigure "$@"; else meson setup "$@"; fi
}

build_server() {
	if [ -x build/beside ] && ! stale server "${SERVER_SOURCES[@]}"; then return 0; fi
	say "Building the server."
	# A warning that only a newer compiler knows is for ./test to refuse, not for a newcomer to be stopped by.
	logged meson meson_setup build --buildtype=release -Dwerror=false ||
		stop "Meson could not set up the build. The lines above say why."
	logged ninja ninja -C build beside ||
		stop "The server did not build. The lines above say why."
	fresh server "${SERVER_SOURCES[@]}"
}

# Everything from a bare clone to build/beside; two runs at once wait for one another.
build_beside() {
	mkdir -p build
	exec 9>build/lock
	flock 9
	install_packages "${BUILD_PACKAGES[@]}"
	install_node
	install_npm
	build_client
	build_server
	exec 9>&-
}
