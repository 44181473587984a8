# A person before a microphone: loaxa speak and a running controller that writes into a file.

bats_require_minimum_version 1.5.0

opening=72000 # the chime before it: frames at 48 kHz

setup() {
	loaxa=${BUILD:-build}/loaxa
	station=$BATS_TEST_TMPDIR/station state=$BATS_TEST_TMPDIR/state store=$BATS_FILE_TMPDIR/store
	export LANGUAGE=en
	. "$BATS_TEST_DIRNAME/near-station.bash"
	. "$BATS_TEST_DIRNAME/../card/card.bash"
	NEAR_MINUTES=0 near_station "$station"
	sed -i '/^repeat/,/^}/d; s/audio-dir = "."/& keep-speech = yes/' "$station/station.conf"
	voice=$BATS_TEST_TMPDIR/voice.wav
	"${BUILD:-build}/tests/card/clips" make "$voice" 7 2500
}

teardown() {
	[ -z "${speaker:-}" ] || kill -9 "$speaker" 2>/dev/null || true
	[ -z "${controller:-}" ] || kill -9 "$controller" 2>/dev/null || true
}

live() {
	"$loaxa" "$@" --state "$state"
}

zone() {
	live status --json | jq -e ".zones[] | select(.zone == \"$1\") | $2" >/dev/null
}

verdict() {
	live log --json | jq -e -s "any(.[]; $1)" >/dev/null
}

# row KIND EXPRESSION: does the last row of that kind say so?
row() {
	sqlite3 -readonly "$state/journal.db" "SELECT body FROM row WHERE kind = '$1' ORDER BY seq DESC LIMIT 1" | jq -e "$2" >/dev/null
}

# speak_on ARGUMENTS…: somebody who does not stop, in the background; returns once zone a is on air with it.
speak_on() {
	sox -q -n -r 48000 -b 16 -c 1 -t wav "$BATS_TEST_TMPDIR/long.wav" synth 120 sine 300 vol 0.3
	"$loaxa" speak "$@" --state "$state" <"$BATS_TEST_TMPDIR/long.wav" 2>"$BATS_TEST_TMPDIR/speaker" 3>&- &
	speaker=$!
	eventually zone a '.on_air.bulletin == "speak" and .on_air.position_ms > 1700'
}

# speaker_ends: its exit code in $ended.
speaker_ends() {
	ended=0
	wait "$speaker" || ended=$?
	speaker=
}

# heard CHANNEL: the pieces of the voice in the file, as first and end.
heard() {
	sox "$BATS_TEST_TMPDIR/ra.wav" -t raw "$BATS_TEST_TMPDIR/tape"
	echo 'start 0 0 48000' >"$BATS_TEST_TMPDIR/log"
	card_heard "$BATS_TEST_TMPDIR" 2 "$1" "$voice" | awk '{ print $2, $3 }'
}

@test "what is spoken is heard once and in order, kept, and written down" {
	run_start --sink "file:$BATS_TEST_TMPDIR/ra.wav"
	run --separate-stderr "$loaxa" speak a b --state "$state" --by 'Trưởng thôn' <"$voice"
	[ "$status" -eq 0 ]
	[[ $stderr == *"WILL SOUND FROM THE LOUDSPEAKERS"*"Cụm A, Cụm B"*"At most 10:00"*"Trưởng thôn"*"00:02 was aired"* ]]
	for zone in a b; do
		eventually verdict ".zone == \"$zone\" and .state == \"aired\" and .from == \"speak\" and .kind == \"manual\" and
			.frames_total == $((opening + 120000)) and .frames_played == .frames_total and
			.operator == \"Trưởng thôn\" and .uid == $(id -u) and .priority == \"normal\""
	done
	eventually row recording '.frames == 120000 and .lost == 0 and .text == null'
	name=$(sqlite3 -readonly "$state/journal.db" "SELECT json_extract(body, '\$.name') FROM row WHERE kind = 'recording'")
	row recording ".sha256 == \"$(sha256sum <"$state/speech/$name" | cut -d' ' -f1)\""
	cmp <(sox "$state/speech/$name" -t raw -) <(sox "$voice" -t raw -)
	run_stop
	for channel in 1 2; do
		# Where the machine was slow there is a gap: nothing is missing, and nothing comes twice.
		heard "$channel" | awk '$1 != at { exit 1 } { at = $2 } END { exit at != 120000 }'
	done
}

@test "at its limit it ends, and that is whole" {
	run_start
	speak_on a --limit 3s
	speaker_ends
	[ "$ended" -eq 0 ]
	grep 'limit was reached' "$BATS_TEST_TMPDIR/speaker"
	eventually verdict '.state == "aired" and .frames_total == 144000 and .frames_played == 144000'
	eventually row recording ".frames == 144000 - $opening"
	run_stop
}

@test "Ctrl-C ends it in order, and a killed speaker has said what was said" {
	run_start
	for signal in INT KILL; do
		speak_on a
		kill -$signal "$speaker"
		speaker_ends
		eventually zone a '.on_air == null'
		eventually verdict '.state == "aired" and .frames_played == .frames_total and .frames_played > 72000'
	done
	[ "$(live log --json | jq -r .state | uniq -c | awk '{ print $1, $2 }')" = "2 aired" ]
	run_stop
}

@test "what cuts it is named, and it does not come back" {
	run_start
	speak_on a
	live stop a
	speaker_ends
	[ "$ended" -eq 1 ]
	grep 'CUT OFF' "$BATS_TEST_TMPDIR/speaker"
	eventually verdict '.state == "partial" and .reason == "operator" and .frames_played < .frames_total'
	speak_on a b
	live emergency gap --yes
	speaker_ends
	[ "$ended" -eq 1 ]
	eventually verdict '.zone == "a" and .state == "partial" and .reason == "interrupted"'
	eventually verdict '.zone == "b" and .state == "partial" and .reason == "interrupted"'
	eventually verdict '.bulletin == "ngan" and .state == "aired"'
	[ "$(live log --json | jq -s '[ .[] | select(.bulletin == "speak") ] | length')" -eq 3 ]
	run_stop
}

@test "one zone is cut and the other hears on" {
	run_start
	speak_on a b
	live stop a
	eventually verdict '.zone == "a" and .reason == "operator"'
	eventually zone b '.on_air.position_ms > 3000'
	kill -INT "$speaker"
	speaker_ends
	[ "$ended" -eq 0 ]
	eventually verdict '.zone == "b" and .state == "aired"'
	run_stop
}

@test "a second speaker is refused, one for an emergency is not" {
	run_start
	speak_on a
	run --separate-stderr "$loaxa" speak a b --state "$state" <"$voice"
	[ "$status" -eq 1 ]
	[[ $stderr == *"zone a is on air"*"loaxa skip a"* ]]
	run --separate-stderr "$loaxa" speak a --level emergency --state "$state" <"$voice"
	[ "$status" -eq 0 ]
	speaker_ends
	[ "$ended" -eq 1 ]
	eventually verdict '.priority == "emergency" and .state == "aired"'
	eventually verdict '.priority == "normal" and .state == "partial" and .reason == "interrupted"'
	run_stop
}

@test "a zone that is held hears nothing, and the speaker is told" {
	run_start
	live hold a
	run --separate-stderr "$loaxa" speak a --state "$state" <"$voice"
	[ "$status" -eq 1 ]
	[[ $stderr == *"Not heard: Cụm A (held)"*"Nothing was aired."* ]]
	eventually verdict '.state == "skipped" and .reason == "held"'
	run_stop
}

@test "what is no sound, or not as the station plays it, is refused in words" {
	run_start
	sox -q "$voice" -r 44100 "$BATS_TEST_TMPDIR/44.wav"
	sox -q "$voice" -e float -b 32 "$BATS_TEST_TMPDIR/float.wav"
	echo 'RIFF but no more' >"$BATS_TEST_TMPDIR/rubbish"
	for file in 44.wav float.wav rubbish station/station.conf /dev/null; do
		run --separate-stderr "$loaxa" speak a --state "$state" <"$(cd "$BATS_TEST_TMPDIR" && realpath "$file")"
		[ "$status" -eq 1 ] || { echo "$file"; false; }
		[[ $stderr == *"arecord -f S16_LE -r 48000 -c 1"* ]] || { echo "$file: $stderr"; false; }
	done
	run --separate-stderr "$loaxa" speak c --state "$state" <"$voice"
	[ "$status" -eq 1 ]
	[[ $stderr == *'no zone "c"'* ]]
	[ "$(live log --json | wc -l)" -eq 0 ]
	run_stop
}

@test "two channels are one voice" {
	run_start --sink "file:$BATS_TEST_TMPDIR/ra.wav"
	sox -q "$voice" -t wav - remix 1 1 | "$loaxa" speak a --state "$state"
	run_stop
	heard 1 | awk '$1 != at { exit 1 } { at = $2 } END { exit at != 120000 }'
}

# the_microphone: one of software, "mic", that hears the voice from when it is opened.
the_microphone() {
	cards_plug "$BATS_TEST_TMPDIR/cards" 'mic=channels 1'
	sox "$voice" -t raw "$BATS_TEST_TMPDIR/cards/mic/line"
}

@test "a microphone is listened to from when it is heard, until Ctrl-C" {
	the_microphone
	run_start --sink "file:$BATS_TEST_TMPDIR/ra.wav"
	"$loaxa" speak a --from alsa:mic --state "$state" 2>"$BATS_TEST_TMPDIR/speaker" 3>&- </dev/null &
	speaker=$!
	eventually zone a ".on_air.position_ms > 5000"
	kill -INT "$speaker"
	speaker_ends
	[ "$ended" -eq 0 ]
	run_stop
	heard 1 | awk '$1 != at { exit 1 } { at = $2 } END { exit at != 120000 }'
}

@test "a microphone that is not there, or is pulled" {
	the_microphone
	run_start
	run --separate-stderr "$loaxa" speak a --from alsa:none --state "$state"
	[ "$status" -eq 1 ]
	[ "$(live log --json | wc -l)" -eq 0 ]
	"$loaxa" speak a --from alsa:mic --state "$state" 2>"$BATS_TEST_TMPDIR/speaker" 3>&- </dev/null &
	speaker=$!
	eventually zone a ".on_air.position_ms > 1800"
	card_fault "$BATS_TEST_TMPDIR/cards/mic" gone
	speaker_ends
	grep 'microphone "mic" gives no sound any more' "$BATS_TEST_TMPDIR/speaker"
	eventually verdict '.state == "aired" and .frames_played == .frames_total'
	run_stop
}

@test "on a terminal it is the station's microphone, and it asks" {
	script -qec true /dev/null </dev/null >/dev/null 2>&1 || skip "no pseudo-terminal can be had here"
	the_microphone
	sed -i 's/keep-speech = yes/microphone = "alsa:mic"/' "$station/station.conf"
	run_start
	echo "no" | script -qec "'$loaxa' speak a --level emergency --state '$state'" /dev/null >"$BATS_TEST_TMPDIR/asked" 2>&1 || true
	grep 'Type KHAN CAP' "$BATS_TEST_TMPDIR/asked"
	[ "$(live log --json | wc -l)" -eq 0 ]
	script -qec "'$loaxa' speak a --limit 2s --yes --state '$state'" /dev/null </dev/null >"$BATS_TEST_TMPDIR/asked" 2>&1
	grep 'From: alsa:mic' "$BATS_TEST_TMPDIR/asked"
	eventually verdict '.state == "aired"'
	run_stop
}

@test "a speaker who falls silent without hanging up does not keep the air" {
	run_start
	speak_on a
	kill -STOP "$speaker"
	eventually zone a '.on_air == null'
	eventually verdict '.state == "aired" and .frames_played == .frames_total'
	kill -CONT "$speaker"
	speaker_ends
	[ "$ended" -eq 1 ]
	run_stop
}

@test "the end of the controller is the end of the speech" {
	run_start
	speak_on a --by Lan
	run_stop TERM
	speaker_ends
	[ "$ended" -eq 1 ]
	grep 'CUT OFF' "$BATS_TEST_TMPDIR/speaker"
	row recording '.text == null and .frames > 0'
	[ "$(sqlite3 -readonly "$state/journal.db" "SELECT kind FROM row WHERE kind <> 'seal' ORDER BY seq DESC LIMIT 1")" = stop ]
	run_start
	eventually verdict '.state == "partial" and .reason == "power-cut" and .operator == "Lan" and .frames_played > 0'
	speak_on a
	run_stop KILL
	speaker_ends
	[ "$ended" -eq 1 ]
	run_start
	eventually zone a '.on_air == null'
	[ "$(live log --json | jq -s '[ .[] | select(.state == null) ] | length')" -eq 0 ]
	run_stop
}

@test "a new schedule under a speaker" {
	run_start
	speak_on a
	sed -i 's/name = "Cụm A"/name = "Cụm A mới"/' "$station/station.conf"
	live reload "$station"
	zone a '.title == "Cụm A mới" and .on_air.bulletin == "speak"'
	kill -INT "$speaker"
	speaker_ends
	[ "$ended" -eq 0 ]
	eventually verdict '.state == "aired"'
	run_stop
}
