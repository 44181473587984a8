# loaxa devices before real drivers: what the kernel and ALSA say of cards, and who has one.

setup() {
	. "$BATS_TEST_DIRNAME/guest.bash"
	run=$BATS_TEST_TMPDIR
	guest_start
}

teardown() {
	guest_end
}

devices() {
	guest "loaxa devices --json --state /state/none 2>/dev/null" | grep '^{' >"$run/devices"
}

listed() {
	jq -e -s "any(.[]; $1)" "$run/devices" >/dev/null || { cat "$run/devices"; return 1; }
}

@test "cards under the names that last, what they can do, and the process that has one" {
	devices
	listed '.kind == "port" and .id == "Intel" and .sink == "alsa:hw:CARD=Intel" and .direction == "playback" and
		.opens == "yes" and (.rates | index(48000)) and (.formats | contains("S16_LE")) and .used_by == null'
	listed '.kind == "port" and .id == "Audio" and .sink == "alsa:hw:CARD=Audio" and .usb != null and .opens == "yes" and
		.channels_max >= 2'
	listed '.kind == "port" and .id == "Loopback" and .direction == "capture"'
	guest "probe pull hw:CARD=Audio 48000 2 60 >/tmp/probe 2>&1 & sleep 2; cat /tmp/probe"
	devices
	listed '.id == "Audio" and .direction == "playback" and .opens == null and .used_by.process == "probe" and
		.used_by.rate == 48000 and .used_by.channels == 2 and .used_by.format == "S16_LE"'
	guest "loaxa devices --state /state/none 2>/dev/null" | tee "$run/words"
	grep -F 'hw:CARD=Intel' "$run/words"
	grep -E 'probe \(.* [0-9]+\)' "$run/words"
}
