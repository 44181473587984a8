# The Debian package and the units in it.  Builds the package: a minute, and no part of make check; .ci/run runs it.
#   LOAXA_CHROOT=DIR   a Debian 12 tree of one's own (debootstrap bookworm DIR), which is changed: installs, upgrades with
#                      something on air, and purges there.  As root.
bats_require_minimum_version 1.5.0

setup_file() {
	export LC_ALL=C.UTF-8 LANGUAGE=en
	make -s --no-print-directory BUILD="${BUILD:-build}" deb >&2
	export OUT=${BUILD:-build}/deb
	export ROOT=$BATS_FILE_TMPDIR/root UNITS=$BATS_FILE_TMPDIR/root/lib/systemd/system
	deb=$(ls "$OUT"/loaxa_*.deb)
	dpkg-deb -x "$deb" "$ROOT"
	# The same package as the next version.
	dpkg-deb -R "$deb" "$BATS_FILE_TMPDIR/next"
	sed -i 's/^Version: .*/&.1/' "$BATS_FILE_TMPDIR/next/DEBIAN/control"
	mkdir "$BATS_FILE_TMPDIR/debs"
	cp "$deb" "$BATS_FILE_TMPDIR/debs/first.deb"
	dpkg-deb --root-owner-group -b "$BATS_FILE_TMPDIR/next" "$BATS_FILE_TMPDIR/debs/next.deb" >&2
}

setup() {
	root=${LOAXA_CHROOT:-}
}

teardown_file() {
	[ -z "${LOAXA_CHROOT:-}" ] || {
		[ ! -e "$LOAXA_CHROOT/tmp/loaxa-test/manager.pid" ] || kill "$(cat "$LOAXA_CHROOT/tmp/loaxa-test/manager.pid")" 2>/dev/null
		rm -rf "$LOAXA_CHROOT/tmp/loaxa-test" "$LOAXA_CHROOT/usr/local/bin/systemctl"
		rmdir "$LOAXA_CHROOT/run/systemd/system" 2>/dev/null
		umount "$LOAXA_CHROOT/proc" 2>/dev/null
	} || true
}

@test "lintian finds nothing, and the package says what the program says" {
	lintian --fail-on error,warning,info,pedantic "$OUT"/loaxa_*.changes
	version=$("${BUILD:-build}/loaxa" version)
	[ "$(dpkg-deb -f "$OUT"/loaxa_*.deb Version)" = "${version#loaxa }" ]
	# built by what needs.sh asks for; the typeface of papers is wanted when they are printed
	dpkg-deb -f "$OUT"/loaxa_*.deb Depends | grep -q fonts-liberation2
	want=$(sed -n "/^build='/,/'$/p" src/dist/needs.sh | tr -d "'" | sed 's/^build=//' | tr -s ' \t\n' '\n' |
		grep -vxE 'gcc|make|libc6-dev|fonts-liberation2' | sort -u | grep .)
	have=$(sed -n '/^Build-Depends:/,/^$/p' src/dist/debian/control | sed 's/^Build-Depends: *//; s/ (.*//; s/,//' |
		tr -d ' ' | grep -v debhelper | sort -u | grep .)
	diff <(echo "$want") <(echo "$have")
}

@test "the units are understood, name programs and pages that are there, and confine the controller" {
	local exposure
	sed -i "s|/usr/bin/|$ROOT/usr/bin/|" "$UNITS"/*.service
	for unit in loaxa.service loaxa-told.path loaxa-told.service loaxa-relay.socket loaxa-renew.service; do
		run systemd-analyze verify --man=no --recursive-errors=no "$UNITS/$unit"
		[ "$status" -eq 0 ] && [ -z "$output" ] || { echo "$unit: $output"; return 1; }
	done
	for page in $(grep -hoE 'man:[a-z-]+\([1-9]\)' "$UNITS"/* | sed 's/man://; s/(/./; s/)//' | sort -u); do
		[ -e "$ROOT/usr/share/man/man${page##*.}/$page.gz" ] || { echo "no page $page"; return 1; }
	done
	exposure=$(systemd-analyze security --offline=true "$UNITS/loaxa.service" 2>/dev/null | grep -oE 'level for .*: [0-9.]+' | grep -oE '[0-9.]+$')
	echo "exposure $exposure"
	awk -v e="$exposure" 'BEGIN { exit !(e > 0 && e <= 2.0) }'
	grep -qx PrivateNetwork=yes "$UNITS/loaxa.service"
	grep -qx 'WatchdogSec=2s' "$UNITS/loaxa.service"
	! find "$ROOT" -path '*doc*' -prune -o -type f -exec grep -l '@BINDIR@' {} + | grep . || false
}

# inside COMMAND…
inside() {
	chroot "$root" env DEBIAN_FRONTEND=noninteractive LANGUAGE=en PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

eventually() {
	local i
	for ((i = 0; i < 600; i++)); do
		"$@" && return 0
		sleep 0.05
	done
	return 1
}

# start: the controller as its unit starts it, as far as that can be without systemd as the first process
start() {
	(exec chroot "$root" env LANGUAGE=en setpriv --reuid loaxa --regid loaxa --init-groups \
		/tmp/loaxa-test/manager 20000 /usr/bin/loaxa run >"$root/tmp/loaxa-test/manager.out" 2>&1 3>&-) &
	echo $! >"$root/tmp/loaxa-test/manager.pid"
	eventually inside loaxa status >/dev/null 2>&1
}

stop() {
	kill "$(cat "$root/tmp/loaxa-test/manager.pid")"
	eventually grep -q '^ended 0' "$root/tmp/loaxa-test/manager.out"
	rm "$root/tmp/loaxa-test/manager.pid"
}

controller() {
	pgrep -P "$(cat "$root/tmp/loaxa-test/manager.pid")" -x loaxa
}

asked() {
	cat "$root/tmp/loaxa-test/systemctl.log"
}

@test "installed: accounts, places, enabled, nothing started without a station" {
	[ -n "$root" ] && [ "$(id -u)" -eq 0 ] || skip "LOAXA_CHROOT names no tree"
	mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
	mkdir -p "$root/tmp/loaxa-test" "$root/run/systemd/system"
	chmod 777 "$root/tmp/loaxa-test"
	cp "$BATS_FILE_TMPDIR"/debs/*.deb "${BUILD:-build}/tests/system/manager" "$root/tmp/loaxa-test/"
	inside apt-get install -y --no-install-recommends /tmp/loaxa-test/first.deb
	# from now on systemd is asked for things that are written down
	cat >"$root/usr/local/bin/systemctl" <<-'SH'
		#!/bin/sh
		echo "$*" >>/tmp/loaxa-test/systemctl.log
		case "$*" in *is-active*) [ -e /tmp/loaxa-test/manager.pid ] ;; *is-enabled*) echo enabled ;; esac
	SH
	chmod 755 "$root/usr/local/bin/systemctl"
	[ "$(inside stat -c '%a %U:%G' /etc/loaxa)" = "2775 root:loaxa" ]
	[ "$(inside stat -c '%a %U:%G' /var/lib/loaxa)" = "2751 loaxa:loaxa" ]
	[ "$(inside stat -c '%a %U:%G' /var/lib/loaxa/store)" = "2775 loaxa:loaxa" ]
	inside id -nG loaxa | grep -qw audio
	inside getent group loaxa-emergency
	inside getent passwd loaxa-relay
	[ -L "$root/etc/systemd/system/multi-user.target.wants/loaxa.service" ]
	inside loaxa version
	# /usr/bin/locale is a program, and no place for texts
	[[ $(inside env -u LANGUAGE -u LANG -u LC_ALL loaxa help) == *"bộ điều khiển"* ]]
	inside sh -c 'ldd /usr/bin/loaxa* | grep -F "not found"; test $? -eq 1'
}

@test "upgraded while something is on air: nothing is cut, and the new one takes over when nobody hears it" {
	[ -n "$root" ] && [ "$(id -u)" -eq 0 ] || skip "LOAXA_CHROOT names no tree"
	local old
	inside sh -c 'id lan || useradd -G loaxa lan; id khach || useradd khach' >/dev/null 2>&1
	mkdir -p "$root/etc/loaxa/audio"
	sox -q -n -r 48000 -b 16 "$root/etc/loaxa/audio/dai.wav" synth 12 sine 330 vol 0.5
	cat >"$root/etc/loaxa/station.conf" <<-CONF
		station "00001" { name = "Đài thử"   timezone = "Asia/Ho_Chi_Minh"   audio-dir = "audio" }
		output "ra" { sink = "dry-run"   rate = 48000   channels = 1 }
		zone "a" { name = "Cụm A"   output = "ra" }
		guard "dem" { from = "$(TZ=Asia/Ho_Chi_Minh date -d '+12 hours' +%H:%M)"   to = "$(TZ=Asia/Ho_Chi_Minh date -d '+721 minutes' +%H:%M)"   action = "refuse" }
		bulletin "dai" { title = "Tiếng dài"   audio = { "dai.wav" } }
	CONF
	start
	old=$(controller)
	# a guest looks; who operates plays
	inside su khach -s /bin/sh -c 'loaxa status'
	! inside su khach -s /bin/sh -c 'loaxa play dai' || false
	inside su lan -s /bin/sh -c 'loaxa play dai'
	inside loaxa status --json | jq -e '.zones[0].on_air.bulletin == "dai"'
	rm -f "$root/tmp/loaxa-test/systemctl.log"
	echo '# a word of our own' >>"$root/etc/loaxa/station.conf"
	inside dpkg -i /tmp/loaxa-test/next.deb
	[ "$(controller)" = "$old" ]
	readlink "/proc/$old/exe" | grep -F '(deleted)'
	inside loaxa status --json | jq -e '.zones[0].on_air.bulletin == "dai"'
	asked | grep -E 'restart loaxa-renew.service'
	! asked | grep -E '(stop|restart)[^.]*[ ]loaxa\.service' || false
	grep -qF 'a word of our own' "$root/etc/loaxa/station.conf"
	# what loaxa-renew does
	inside setpriv --reuid loaxa --regid loaxa --init-groups loaxa status --wait-idle
	stop
	start
	[ "$(controller)" != "$old" ]
	inside loaxa log --json | jq -e -s 'length == 1 and .[0].state == "aired" and .[0].frames_played == .[0].frames_total and
		(.[0].segments | length) == 1 and .[0].operator == "lan"'
	stop
}

@test "removed it keeps the station, purged it leaves one file with journal and schedules" {
	[ -n "$root" ] && [ "$(id -u)" -eq 0 ] || skip "LOAXA_CHROOT names no tree"
	rm -f "$root"/var/backups/loaxa-*.tar
	inside dpkg -r loaxa
	[ -e "$root/var/lib/loaxa/journal.db" ] && [ -e "$root/etc/loaxa/station.conf" ]
	inside dpkg -P loaxa
	[ ! -e "$root/var/lib/loaxa" ] && [ ! -e "$root/etc/loaxa" ]
	tar -tf "$root"/var/backups/loaxa-*.tar >"$BATS_TEST_TMPDIR/kept"
	grep -x var/lib/loaxa/journal.db "$BATS_TEST_TMPDIR/kept"
	grep -x etc/loaxa/station.conf "$BATS_TEST_TMPDIR/kept"
	! grep store/ "$BATS_TEST_TMPDIR/kept" || false
	[ "$(stat -c %a "$root"/var/backups/loaxa-*.tar)" = 600 ]
	! find "$root"/{etc,usr,lib,var} -xdev -name '*loaxa*' ! -path "*/var/backups/*" ! -path '*/apt/*' | grep . || false
	rm "$root"/var/backups/loaxa-*.tar
	# and once more, without a station: nothing is left at all
	inside dpkg -i /tmp/loaxa-test/next.deb
	inside dpkg -P loaxa
	! ls "$root"/var/backups/loaxa-*.tar 2>/dev/null || false
}
