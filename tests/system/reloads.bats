# New schedules while the station is on air, half of them wrong: nobody hears anything of it.
# LOAXA_RELOADS says how many (40); ten thousand take some minutes.

bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa reloads=${BUILD:-build}/tests/system/reloads
	station=$BATS_TEST_TMPDIR/station state=$BATS_TEST_TMPDIR/state store=$BATS_FILE_TMPDIR/store
	export LANGUAGE=en
	. "$BATS_TEST_DIRNAME/near-station.bash"
	. "$BATS_TEST_DIRNAME/../card/card.bash"
}

teardown() {
	[ -z "${controller:-}" ] || kill -9 "$controller" 2>/dev/null || true
}

live() {
	"$loaxa" "$@" --state "$state"
}

# schedule DIR: a session from $start on of many clips of two seconds, x and y in turn, in both zones.
schedule() {
	mkdir -p "$1"
	cat >"$1/station.conf" <<-CONF
		station "00001" { name = "Đài thử"   timezone = "Asia/Ho_Chi_Minh"   audio-dir = "$BATS_TEST_TMPDIR/audio" }
		output "ra" { sink = "alsa:card"   rate = 48000   channels = 2   idle = "open" }
		zone "a" { name = "Cụm A"   output = "ra"   channel = 1 }
		zone "b" { name = "Cụm B"   output = "ra"   channel = 2 }
		guard "xa" { from = "$(local_time '+12 hours' +%H:%M)"   to = "$(local_time '+721 minutes' +%H:%M)"   action = "refuse" }
		bulletin "x" { title = "X"   audio = { "x.wav" } }
		bulletin "y" { title = "Y"   audio = { "y.wav" } }
		session "dai" {
			start = "$start"   end = "$(local_time '+11 hours' +%H:%M)"   play = { $(printf '"x", "y", %.0s' {1..450}) "x" }
			from = "$(local_time '-1 day' +%F)"   until = "$(local_time '+1 day' +%F)"
		}
		emergency "gap" { play = { "x" }   first-repeats = 1   first-every = "1m" }
	CONF
}

on_air() {
	live status --json | jq -e '[.zones[].on_air] | all(. != null)' >/dev/null
}

aired() {
	[ "$(live log --json | jq -s '[.[] | select(.state == "aired")] | length')" -ge "$1" ]
}

# whole CHANNEL LEAST: LEAST clips and more are on the tape, every one but the last from its
# first frame to its last, right behind the one before.
whole() {
	card_heard "$BATS_TEST_TMPDIR/cards/card" 2 "$1" "$BATS_TEST_TMPDIR/audio/x.wav" "$BATS_TEST_TMPDIR/audio/y.wav" |
		awk -v least="$2" '{ clip[NR] = $1; first[NR] = $2; end[NR] = $3; tape[NR] = $4 }
		END {
			for (i = 1; i < NR; i++)
				if (first[i] != 0 || end[i] != 96000 || clip[i] == clip[i + 1] || tape[i + 1] != tape[i] + 96000) {
					print "piece " i ": " clip[i], first[i], end[i], tape[i] " then " tape[i + 1]
					bad = 1
				}
			if (NR < least) { print "only " NR " pieces"; bad = 1 }
			exit bad
		}'
}

@test "reloads on air, half of them wrong: no gap, no wrong verdict" {
	n=${LOAXA_RELOADS:-40}
	cards_plug "$BATS_TEST_TMPDIR/cards" card
	mkdir "$BATS_TEST_TMPDIR/audio"
	"${BUILD:-build}/tests/card/clips" make "$BATS_TEST_TMPDIR/audio/x.wav" 1 2000
	"${BUILD:-build}/tests/card/clips" make "$BATS_TEST_TMPDIR/audio/y.wav" 2 2000
	start=$(local_time '+10 seconds' +%H:%M:%S)
	schedule "$station"
	schedule "$BATS_TEST_TMPDIR/hai"
	echo 'repeat "khac" { play = { "y" } at = { "'"$(local_time '+660 minutes' +%H:%M)"'" } until = "1/1/2100" }' >>"$BATS_TEST_TMPDIR/hai/station.conf"
	sed -i 's/Cụm B/Cụm Bê/' "$BATS_TEST_TMPDIR/hai/station.conf"
	for wrong in sai cut ngoai; do schedule "$BATS_TEST_TMPDIR/$wrong"; done
	echo 'zone "c" { }' >>"$BATS_TEST_TMPDIR/sai/station.conf"
	echo 'session "s" {' >>"$BATS_TEST_TMPDIR/cut/station.conf"
	sed -i 's/"x.wav"/"mat.wav"/' "$BATS_TEST_TMPDIR/ngoai/station.conf"
	"$loaxa" check "$BATS_TEST_TMPDIR/hai" --store "$store" # prepares
	run_start
	eventually on_air
	t=$BATS_TEST_TMPDIR
	for part in 1 2 3 4; do # around several joints, however few there are
		"$reloads" "$state/control.sock" $((n / 4)) "!$t/sai" "$t/hai" "!$t/cut" "$station" \
			"!$t/ngoai" "$t/hai" "!$t/khong-co" "$station" >>"$t/said"
		eventually aired $((2 * part))
	done
	run_stop TERM
	[ "$ended" -eq 0 ]
	[ "$n" -eq 40 ] || cat "$t/said" >&3
	[ "$(awk '{ print $2 - $4 }' "$t/said" | sort -u)" = 0 ]
	[ "$(sqlite3 -readonly "$state/journal.db" "SELECT count(*) FROM row WHERE kind = 'reload'")" -eq $((n / 8 * 4)) ]
	whole 1 4
	whole 2 4
	# one verdict an airing, all of them aired, in the order of the list; what was on air at the end has none yet
	live log --json >"$t/log"
	jq -e -s '[.[] | select(.state != null)] | all(.state == "aired" and .frames_played == 96000 and (.segments | length) == 1)' "$t/log" >/dev/null
	[ -z "$(sqlite3 -readonly "$state/journal.db" "SELECT airing FROM row WHERE kind = 'verdict' GROUP BY airing HAVING count(*) > 1")" ]
	for zone in a b; do
		jq -r "select(.zone == \"$zone\" and .state == \"aired\") | .id" "$t/log" | sed 's/.*\/\([0-9]*\)\..*/\1/' >"$t/order"
		[ "$(wc -l <"$t/order")" -ge 2 ]
		diff "$t/order" <(seq "$(head -1 "$t/order")" "$(tail -1 "$t/order")") # on a busy machine not from the first
	done
}
