# loaxa test: what it says, asks, airs and writes down; whom it refuses.  The voice is one of ours, so that a test is short.
bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	station=$BATS_TEST_TMPDIR/station state=$BATS_TEST_TMPDIR/state store=$BATS_FILE_TMPDIR/store
	village=$BATS_TEST_TMPDIR/village.wav
	export LANGUAGE=en
	. "$BATS_TEST_DIRNAME/near-station.bash"
	mkdir -p "$BATS_TEST_TMPDIR/bin" "$station"
	sox -q -n -r 22050 -b 16 -c 1 "$BATS_TEST_TMPDIR/voice.wav" synth 0.2 sine 300 vol 0.5
	cat >"$BATS_TEST_TMPDIR/bin/espeak-ng" <<-SH
		#!/bin/sh
		for word; do :; done
		echo "\$word" >>"$BATS_TEST_TMPDIR/said"
		while [ "\$1" != -w ]; do shift; done
		cp "$BATS_TEST_TMPDIR/voice.wav" "\$2"
	SH
	chmod +x "$BATS_TEST_TMPDIR/bin/espeak-ng"
	PATH=$BATS_TEST_TMPDIR/bin:$PATH
	station_at 12
}

teardown() {
	[ -z "${controller:-}" ] || kill -9 "$controller" 2>/dev/null || true
}

# station_at HOUR: a station in a zone in which it is that hour now
station_at() {
	local east=$((10#$(date -u +%H)))
	east=$((($1 - east + 36) % 24 - 12))
	zone=Etc/GMT$([ $east -ge 0 ] && echo "-$east" || echo "+${east#-}")
	[ $east -ne 0 ] || zone=Etc/GMT
	sox -q -n -r 48000 -b 16 "$station/dai.wav" synth 3 sine 330 vol 0.5
	cat >"$station/station.conf" <<-CONF
		station "00001" { name = "Đài thử"   timezone = "$zone"   audio-dir = "."   approval = yes }
		output "ra" { sink = "file:$village"   rate = 48000   channels = 2 }
		zone "a" { name = "Cụm A"   output = "ra"   channel = 1 }
		zone "b" { name = "Cụm B"   output = "ra"   channel = 2 }
		guard "xa" { from = "$(TZ=$zone date -d '+12 hours' +%H:%M)"   to = "$(TZ=$zone date -d '+721 minutes' +%H:%M)"   action = "refuse" }
		bulletin "dai" { title = "Tiếng dài"   audio = { "dai.wav" }   approved-by = "Chủ tịch"   approved-on = "1/1/2021" }
	CONF
}

live() {
	"$loaxa" "$@" --state "$state"
}

# tried ANSWERS ARGUMENTS: the command with these lines as its input
tried() {
	local answers=$1
	shift
	run --separate-stderr "$loaxa" test "$@" --state "$state" --store "$store" < <(printf "$answers")
}

airings() {
	live log --json
}

level() {
	sox "$village" -n remix "$1" stat 2>&1 | awk '/Maximum amplitude/ {print int($3 * 1000)}'
}

@test "a zone is tested, the answer written down, and nothing counted" {
	run_start
	tried 'có\nk\n' b --by 'Thợ loa'
	[ "$status" -eq 0 ]
	[[ $stderr == *'THIS WILL SOUND FROM THE LOUDSPEAKERS: 1 zone, '*'seconds, volume 20%: Cụm B.'* ]]
	[[ $stderr == *'channel 2: its name, a tone, then 2 beeps'*'Was it heard at Cụm B?'*'loaxa off b'* ]]
	[ "$(cat "$BATS_TEST_TMPDIR/said")" = 'Loudspeaker test. Cụm B. Channel 2.' ] ||
		[ "$(cat "$BATS_TEST_TMPDIR/said")" = 'Thử loa. Cụm B. Kênh 2.' ]
	airings | jq -e -s 'length == 1 and (.[0] | .zone == "b" and .state == "aired" and .test and .from == "test" and
		.kind == "manual" and .class == "test" and .priority == "test" and .operator == "Thợ loa" and
		.frames_played == .frames_total)'
	live log --events --json | jq -e -s 'any(.[]; .kind == "heard" and .body.name == "no" and .body.zones == ["b"] and
		.body.by == "Thợ loa")'
	live log | grep -F 'broadcasts: 0'
	run_stop TERM
	# 20 per cent is -28 dB: the loudest sample is 0.89 x 0.04
	[ "$(level 1)" -eq 0 ]
	[ "$(level 2)" -gt 10 ]
	[ "$(level 2)" -lt 40 ]
}

@test "several zones sound one after the other, each with its own question" {
	run_start
	live off a --reason 'loa hỏng'
	tried 'c\n\n' all
	[ "$status" -eq 0 ]
	[[ $stderr == *'Not tested: Cụm A is off (loa hỏng)'* ]]
	live on a
	tried 'c\nc\n\n' a b a
	[ "$status" -eq 0 ]
	airings | jq -e -s 'map(.zone) == ["b", "a", "b"] and all(.[]; .state == "aired")'
	live log --events --json | jq -e -s '[.[] | select(.kind == "heard") | .body.name] == ["unclear", "yes", "unclear"]'
	run_stop TERM
}

@test "Enter, another word and the end of the input mean no" {
	run_start
	for answers in '\n' 'x\n' ''; do
		tried "$answers" a
		[ "$status" -eq 1 ]
		[[ $stderr == *'Nothing was aired.'* ]]
	done
	[ -z "$(airings)" ]
	tried '' a --yes --volume 40
	[ "$status" -eq 0 ]
	[[ $stderr == *'volume 40%'*'No answer was written down.'* ]]
	airings | jq -e '.state == "aired"'
	! live log --events --json | grep -F '"kind":"heard"' || false
	run_stop TERM
}

@test "at night only with --now" {
	station_at 2
	run_start
	tried 'c\nc\n' a
	[ "$status" -eq 1 ]
	[[ $stderr == *'It is 02:'*'06:00 to 20:00'*'--now'* ]]
	[ -z "$(airings)" ]
	tried 'c\nc\n' a --now
	[ "$status" -eq 0 ]
	airings | jq -e '.state == "aired"'
	run_stop TERM
}

@test "quiet hours are kept even with --now" {
	sed -i "s/^guard.*/guard \"xa\" { from = \"$(TZ=$zone date -d '-5 minutes' +%H:%M)\"   to = \"$(TZ=$zone date -d '+1 hour' +%H:%M)\"   action = \"refuse\" }/" \
		"$station/station.conf"
	run_start
	tried 'c\n' a --now
	[ "$status" -eq 1 ]
	[[ $stderr == *'quiet hours'* ]]
	run_stop TERM
	[ "$(level 1)" -eq 0 ]
}

@test "a busy zone is refused by name" {
	run_start
	live play dai --zones a
	on_air() { live status --json | jq -e '.zones[0].on_air.bulletin == "dai"' >/dev/null; }
	eventually on_air
	tried 'c\n' a
	[ "$status" -eq 1 ]
	[[ $stderr == *'zone a is busy with "Tiếng dài"'* ]]
	tried 'c\nc\n' b
	[ "$status" -eq 0 ]
	run_stop TERM
}

@test "without a voice the zone is counted in beeps" {
	printf '#!/bin/sh\nexit 1\n' >"$BATS_TEST_TMPDIR/bin/espeak-ng"
	run_start
	tried 'c\nc\n' b
	[ "$status" -eq 0 ]
	[[ $stderr == *'its number in low beeps'* ]]
	airings | jq -e '.state == "aired"'
	run_stop TERM
}

@test "wrong use, unknown zones, no controller" {
	for use in '' '--volume 0 a' '--volume loud a' '--loud a'; do
		run "$loaxa" test $use
		[ "$status" -eq 2 ]
	done
	tried 'c\n' a
	[ "$status" -eq 1 ]
	[[ $stderr == *'loaxa run is not running'* ]]
	run_start
	tried 'c\n' nowhere
	[ "$status" -eq 1 ]
	[[ $stderr == *'there is no zone "nowhere"'* ]]
	LANGUAGE=vi tried '\n' a
	[[ $stderr == *'SẼ PHÁT RA LOA: 1 cụm loa'*'Chưa phát gì.'* ]]
	run_stop TERM
}
