#!/usr/bin/env bats
# The rules of the air from outside: scripted dry runs of a tiny station, and what `loaxa log` says of them
# (design, section 3: rules 1 to 17, states and reasons; section 7: scripts).
#
#	airs 'RULES' 'SCRIPT' 'WANT'
# RULES are schedule files' words behind the station's own; SCRIPT are lines without their date, semicolons between
# them; WANT is the log: "a partial interrupted 05:30[0-20] 05:31[20-60]; b missed late @05:31" — seconds of the
# bulletin and when each segment began, "/2" = the second zone, "1 bao" = a repeat's number, * = made up,
# @ = planned, where nothing was heard.
bats_require_minimum_version 1.5.0

# Lengths: a, drop, again, soon 60 s; b, p (priority), raw (not approved) 30; c, first (order 1), bao, lu, thu (test) 10;
# het 5; vov (hard-start) and relay 120.
write_station() {
	cat >"$1/station.conf" <<-CONF
		station "00001" { name = "Đài thử" unit = "UBND" reports-to = "UBND" timezone = "${2:-Asia/Ho_Chi_Minh}"
			language = "vi" audio-dir = "$BATS_FILE_TMPDIR/audio" approval = yes drill = "het" }
		output "ampli" { sink = "dry-run" rate = 8000 channels = 2 }
		zone "z1" { name = "Cụm 1" output = "ampli" channel = 1 speakers = 1 }
	CONF
	local name more=
	for name in a b c p first drop again soon bao lu het thu; do
		case $name in
		p) more='priority = "priority"' ;;
		first) more='order = 1' ;;
		drop) more='after-interrupt = "drop"' ;;
		again) more='after-interrupt = "restart"' ;;
		soon) more='resume-within = "15s"' ;;
		thu) more='class = "test"' ;;
		*) more= ;;
		esac
		echo "bulletin \"$name\" { title = \"$name\" audio = { \"$name.wav\" } until = \"31/12/2030\" $more" \
			'approved-by = "Chủ tịch" approved-on = "1/7/2021" }'
	done >>"$1/station.conf"
	cat >>"$1/station.conf" <<-'CONF'
		bulletin "raw" { title = "raw" audio = { "b.wav" } until = "31/12/2030" }
		bulletin "old" { title = "old" audio = { "c.wav" } until = "13/7/2021" approved-by = "Chủ tịch" approved-on = "1/7/2021" }
		bulletin "vov" { title = "vov" class = "relay" hard-start = yes relay { source = "alsa:hw:1" duration = "2m" }
			approved-by = "Chủ tịch" approved-on = "1/7/2021" }
		bulletin "relay" { title = "relay" class = "relay" relay { source = "alsa:hw:1" duration = "2m" }
			approved-by = "Chủ tịch" approved-on = "1/7/2021" }
		bulletin "live" { title = "live" class = "relay" approved-by = "Chủ tịch" approved-on = "1/7/2021"
			relay { source = "https://127.0.0.1/live" duration = "2m" silence = "20s" instead = "c" } }
	CONF
}

setup_file() {
	local one
	mkdir "$BATS_FILE_TMPDIR/audio"
	for one in a:60 drop:60 again:60 soon:60 b:30 p:30 c:10 first:10 bao:10 lu:10 thu:10 het:5; do
		sox -q -n -r 8000 -b 16 -c 1 "$BATS_FILE_TMPDIR/audio/${one%:*}.wav" synth ${one#*:} sine 440 vol 0.3
	done
}

setup() {
	cd "$BATS_TEST_DIRNAME/../.." || return 1
	loaxa=${BUILD:-build}/loaxa
	[[ $loaxa = /* ]] || loaxa=$PWD/$loaxa
	cd "$BATS_TEST_TMPDIR" || return 1
	export LANG=C LC_ALL=C LANGUAGE=
	from=2021-07-14 days=1 timezone=
}

lines() { # 'SCRIPT' -> a file of lines with their dates
	tr ';' '\n' <<<"$1" | sed -E "s/^ +//; /^\$/d; /^[0-9]{4}-/! s/^/${from%T*}T/"
}

# The log in one line; whatever it is, one verdict each, an allowed one, and frames that fit it.
show='def t: .[11:23] | sub("\\.000$"; "") | sub("^(?<hm>..:..):00$"; "\(.hm)");
	def s: . / 8000 * 1000 | round / 1000 | tostring;
	def must(what): if what then . else error(tostring) end;
	def allowed: { aired: [ null ], missed: [ "late", "session-over", "station-off", "clock" ],
		skipped: [ "quiet-hours", "not-approved", "out-of-window", "zone-off", "held", "operator", "replaced" ],
		partial: [ "interrupted", "quiet-hours", "operator", "held", "session-over", "power-cut", "device-lost" ],
		failed: [ "file-missing", "file-corrupt", "file-changed", "device-lost", "crashed" ] };
	must((map(.id) | unique | length) == length)
	| [ .[] | . as $a | must(allowed[.state] | index([ $a.reason ]) != null)
		| must(.state != "aired" or .frames_played == .frames_total)
		| must(.state != "partial" or .frames_played > 0)
		| must((.state | IN("missed", "skipped") | not) or .frames_played == 0)
		| (if .kind == "emergency" then (.id | split("/")[3] | split(".")[0]) + " " else "" end) + .bulletin
		+ (if .zone == "z1" then "" else "/" + .zone[1:] end) + " " + .state + (if .reason then " " + .reason else "" end)
		+ (if .made_up then " *" else "" end)
		+ (if .segments == [] then " @" + (.planned | t)
			else ([ .segments[] | " " + (.[2] | t) + "[" + (.[0] | s) + "-" + (.[1] | s) + "]" ] | add) end) ] | join("; ")'

rehearse() { # 'RULES' 'SCRIPT' -> log.json
	mkdir -p st && rm -f st/*
	write_station st "$timezone"
	echo "$1" >st/rules.conf
	lines "$2" >script
	"$loaxa" dry-run st --from "$from" --days "$days" --store "$BATS_FILE_TMPDIR/store" --script script --state state \
		>out 2>err || { cat out err; return 1; }
	"$loaxa" log --state state --json >log.json
}

airs() { # 'RULES' 'SCRIPT' 'WANT'
	local got
	rehearse "$1" "$2" || return 1
	got=$(jq -rs "$show" log.json)
	[ "$got" = "$3" ] && return
	printf 'rules  %s\nscript %s\n got   %s\n want  %s\n' "$1" "$2" "$got" "$3"
	cat err
	return 1
}

x='repeat "x" { at = { "5h30" } play = { "a" } }'
bao='emergency "bao" { play = { "bao" } }'

@test "rule 1: test < normal < priority < emergency" {
	airs "$x $bao" '05:30:10 play thu --level test; 05:30:11 play c; 05:30:12 play p; 05:30:20 emergency bao' \
		'a aired 05:30[0-20] 05:31[20-60]; thu aired 05:31:50[0-10]; c aired 05:31:40[0-10]; p aired 05:30:30[0-30]; 0 bao aired 05:30:20[0-10]'
}

@test "rule 2: never before its instant, and in an idle zone exactly then" {
	airs "$x" '' 'a aired 05:30[0-60]'
	airs 'session "s" { start = "5h30" end = "6h" play = { "a", "b" } }' '05:30:10 skip z1' \
		'a partial operator 05:30[0-10]; b aired 05:31[0-30]'
	airs 'repeat "x" { at = { "5h30", "5h31" } play = { "a" } }' '' 'a aired 05:30[0-60]; a aired 05:31[0-60]'
}

@test "rule 3: who goes first in a busy zone" {
	airs "$x repeat \"y\" { at = { \"5h30\" } play = { \"b\", \"c\" } } repeat \"z\" { at = { \"5h30\" } play = { \"first\" } }
		repeat \"w\" { at = { \"5h30\" } play = { \"p\" } }" '' \
		'p aired 05:30[0-30]; a aired 05:30:40[0-60]; b aired 05:31:40[0-30]; first aired 05:30:30[0-10]; c aired 05:32:10[0-10]'
	# one instant: the list, then the files; of one firing only the first unfinished
	airs 'repeat "x" { at = { "5h30" } play = { "c", "first" } } repeat "y" { at = { "5h30" } play = { "b" } }' '' \
		'c aired 05:30[0-10]; b aired 05:30:20[0-30]; first aired 05:30:10[0-10]'
}

@test "rule 4: an emergency cuts in now, by rank, and only when it can be played" {
	airs "$x $bao" '05:30:20 emergency bao' 'a aired 05:30[0-20] 05:30:30[20-60]; 0 bao aired 05:30:20[0-10]'
	airs "$x $bao emergency \"lu\" { play = { \"lu\" } rank = 5 }" '05:30:20 emergency bao; 05:30:25 emergency lu' \
		'a aired 05:30[0-20] 05:30:45[20-60]; 0 bao aired 05:30:20[0-5] 05:30:35[0-10]; 0 lu aired 05:30:25[0-10]'
	airs "$x $bao emergency \"lu\" { play = { \"lu\" } }" '05:30:20 emergency bao; 05:30:25 emergency lu' \
		'a aired 05:30[0-20] 05:30:40[20-60]; 0 bao aired 05:30:20[0-10]; 0 lu aired 05:30:30[0-10]'
	airs "$x $bao" '05:30:10 file-gone bao.wav; 05:30:20 emergency bao' 'a aired 05:30[0-60]; 0 bao failed file-missing @05:30:20'
}

@test "rule 5: a cut item comes back where it was, from its beginning, or not" {
	local e='emergency "e" { play = { "bao", "lu" } }'
	airs "repeat \"x\" { at = { \"5h30\" } play = { \"soon\" } } $bao" '05:30:20 emergency bao' \
		'soon aired 05:30[0-20] 05:30:30[20-60]; 0 bao aired 05:30:20[0-10]'
	airs "repeat \"x\" { at = { \"5h30\" } play = { \"soon\" } } $e" '05:30:20 emergency e' \
		'soon aired 05:30[0-20] 05:30:40[0-60]; 0 bao aired 05:30:20[0-10]; 0 lu aired 05:30:30[0-10]'
	airs "repeat \"x\" { at = { \"5h30\" } play = { \"again\" } } $bao" '05:30:20 emergency bao' \
		'again aired 05:30[0-20] 05:30:30[0-60]; 0 bao aired 05:30:20[0-10]'
	airs "repeat \"x\" { at = { \"5h30\" } play = { \"drop\" } } $bao" '05:30:20 emergency bao' \
		'drop partial interrupted 05:30[0-20]; 0 bao aired 05:30:20[0-10]'
	# the later of max-late and cut + resume-within
	airs "repeat \"x\" { at = { \"5h30\" } max-late = \"30s\" play = { \"soon\" } } $e" '05:30:20 emergency e' \
		'soon partial interrupted 05:30[0-20]; 0 bao aired 05:30:20[0-10]; 0 lu aired 05:30:30[0-10]'
	airs "session \"s\" { start = \"5h30\" end = \"5h31\" hard-end = yes play = { \"a\" } } emergency \"e\" { play = { \"b\" } }" \
		'05:30:40 emergency e' 'a partial interrupted 05:30[0-40]; 0 b aired 05:30:40[0-30]'
	# a relay rejoins its source
	airs "repeat \"x\" { at = { \"6h\" } play = { \"relay\" } } $bao" '06:00:20 emergency bao' \
		'relay partial interrupted 06:00[0-20] 06:00:30[30-120]; 0 bao aired 06:00:20[0-10]'
	# and waits for it when it is silent, with another bulletin in its place
	airs 'repeat "x" { at = { "6h" } play = { "live" } }' '06:00:30 relay-silent live; 06:01:20 relay-back live' \
		'live partial device-lost 06:00[0-30] 06:01:20[80-120]; c aired 06:00:50[0-10]'
}

@test "rule 6: a session is a running sum, with anchors and an end" {
	airs 'session "s" { start = "5h30" end = "6h" gap = "2s" play = { "c", "b", "relay@5h35", "c" } }' '' \
		'c aired 05:30[0-10]; b aired 05:30:12[0-30]; relay aired 05:35[0-120]; c aired 05:37:02[0-10]'
	airs 'session "s" { start = "5h30" end = "5h31" play = { "a", "b" } }' '' \
		'a aired 05:30[0-60]; b missed session-over @05:31'
	airs 'session "s" { start = "5h30" end = "05:30:45" play = { "a" } }' '' 'a aired 05:30[0-60]'
	airs 'session "s" { start = "5h30" end = "05:30:45" hard-end = yes play = { "a" } }' '' 'a partial session-over 05:30[0-45]'
	# what is not planned takes no time and no gap
	airs 'session "s" { start = "5h30" end = "6h" gap = "2s" play = { "c", "old", "b" } }' '' \
		'c aired 05:30[0-10]; b aired 05:30:12[0-30]'
}

@test "rule 7: a hard start cuts a running normal item at its instant" {
	airs 'session "s" { start = "05:59:30" end = "6h30" play = { "a", "b", "vov@6h" } }' '' \
		'a aired 05:59:30[0-30] 06:02[30-60]; vov aired 06:00[0-120]; b aired 06:02:30[0-30]'
	airs 'session "s" { start = "6h" end = "6h30" play = { "vov@6h" } } repeat "x" { at = { "05:59:45" } play = { "p" } }' '' \
		'p aired 05:59:45[0-30]; vov aired 06:00:15[0-120]'
	airs "session \"s\" { start = \"6h\" end = \"6h30\" play = { \"vov@6h\" } } $bao" '05:59:55 emergency bao' \
		'0 bao aired 05:59:55[0-10]; vov aired 06:00:05[0-120]'
}

@test "rule 8: max-late, that instant included" {
	airs "$x repeat \"y\" { at = { \"05:30:10\" } max-late = \"50s\" play = { \"c\" } }" '' 'a aired 05:30[0-60]; c aired 05:31[0-10]'
	airs "$x repeat \"y\" { at = { \"05:30:10\" } max-late = \"49s\" play = { \"c\" } }" '' 'a aired 05:30[0-60]; c missed late @05:30:10'
	airs "$x session \"s\" { start = \"05:30:10\" end = \"6h\" max-late = \"20s\" play = { \"c\" } }" '' \
		'a aired 05:30[0-60]; c missed late @05:30:10'
}

@test "rule 9: quiet hours" {
	airs "$bao repeat \"x\" { at = { \"20:59:30\" } play = { \"c\" } }" '20:59:20 play a; 20:59:50 play b; 21:30 play c; 22:00 emergency bao' \
		'a partial quiet-hours 20:59:20[0-40]; c skipped quiet-hours @20:59:30; b skipped quiet-hours @20:59:50; c skipped quiet-hours @21:30; 0 bao aired 22:00[0-10]'
	airs "$bao" '20:59:50 play a; 20:59:55 emergency bao' \
		'a partial quiet-hours 20:59:50[0-5]; 0 bao aired 20:59:55[0-10]'
	airs 'repeat "x" { at = { "5h" } play = { "c" } }' '' 'c aired 05:00[0-10]'
}

@test "rule 10: what is never planned, and what is planned but not aired" {
	airs 'repeat "x" { at = { "5h30" } play = { "old", "raw", "c" } }' '' 'raw skipped not-approved @05:30; c aired 05:30:30[0-10]'
	airs 'repeat "x" { at = { "5h30" } play = { "c" } } exception "le" { dates = { "14/7/2021" } skip = { "x" } }' '' ''
	"$loaxa" log --state state --events --json | jq -se 'any(.kind == "exception")'
	airs "$x $bao" '05:00 off z1 reason "loa hỏng"; 05:40 emergency bao' 'a skipped zone-off @05:30; 0 bao skipped zone-off @05:40'
	airs "$x $bao" '05:00 hold z1; 05:40 emergency bao' 'a skipped held @05:30; 0 bao aired 05:40[0-10]'
}

@test "rule 11: now, then, and then; the all-clear; again; over a restart" {
	local e='emergency "e" { play = { "bao" } first-repeats = 2 first-every = "5m" then-every = "1h" align = "1h" until = "3h" all-clear = "het" }'
	airs "$e" '05:41:10.500 emergency e' \
		'0 bao aired 05:41:10.500[0-10]; 1 bao aired 05:46:10.500[0-10]; 2 bao aired 05:51:10.500[0-10]; 3 bao aired 07:00[0-10]; 4 bao aired 08:00[0-10]; 5 het aired 08:41:10.500[0-5]'
	airs "$e" '05:41 emergency e; 05:47 cancel e' \
		'0 bao aired 05:41[0-10]; 1 bao aired 05:46[0-10]; 2 het aired 05:47[0-5]'
	airs "$e" '05:41 emergency e; 05:42 emergency e; 05:46:30 cancel e' \
		'0 bao aired 05:41[0-10]; 0 bao aired 05:42[0-10]; 1 het aired 05:46:30[0-5]'
	airs "$e" '05:41 emergency e; 05:45 power-off 3m; 05:55 cancel e' \
		'0 bao aired 05:41[0-10]; 1 bao missed station-off @05:46; 2 bao aired 05:48[0-10]; 3 bao aired 05:51[0-10]; 4 het aired 05:55[0-5]'
}

@test "an emergency with a new text, until it is over" {
	local e='emergency "e" { play = { "bao", "lu" } first-repeats = 2 first-every = "5m" all-clear = "het" }'
	local moi=$BATS_FILE_TMPDIR/audio/c.wav sha
	sha=$(sha256sum <"$BATS_FILE_TMPDIR/audio/b.wav")
	airs "$e" "05:41 emergency e with $BATS_FILE_TMPDIR/audio/b.wav; 05:47 cancel e" \
		'0 bao aired 05:41[0-30]; 1 bao aired 05:46[0-30]; 2 het aired 05:47[0-5]'
	jq -se --arg sha "${sha%% *}" 'map(select(.bulletin == "bao")) | all(.audio_sha256 == $sha and .approved_by == null)' log.json
	airs "$e" "05:41 emergency e; 05:42 emergency e with $moi; 05:46:05 emergency e with $BATS_FILE_TMPDIR/audio/b.wav now by Lan" \
		'0 bao aired 05:41[0-10]; 0 lu aired 05:41:10[0-10]; 1 bao partial operator 05:46[0-5]; 0 bao aired 05:46:05[0-30]; 1 bao aired 05:51:05[0-30]; 2 bao aired 05:56:05[0-30]'
	# what cannot be aired is refused in words, and what runs goes on
	echo 'no sound' >"$BATS_TEST_TMPDIR/loi.wav"
	airs "$e" '05:41 emergency e; 05:42 emergency e with loi.wav; 05:43 emergency e with nowhere.wav; 05:47 cancel e' \
		'0 bao aired 05:41[0-10]; 0 lu aired 05:41:10[0-10]; 1 bao aired 05:46[0-10]; 1 lu aired 05:46:10[0-10]; 2 het aired 05:47[0-5]'
	grep -F 'script:2: ' err | grep -F 'loi.wav'
	grep -F 'script:3: ' err | grep -F 'nowhere.wav'
}

@test "rule 12: an absence, and catch-up drop, once and all" {
	local at='at = { "6h", "6h05", "6h20" } play = { "c" }'
	airs "repeat \"x\" { $at }" '05:50 power-off 20m' 'c missed station-off @06:00; c missed station-off @06:05; c aired 06:20[0-10]'
	airs "repeat \"x\" { $at catch-up = \"once\" }" '05:50 power-off 20m' \
		'c missed station-off @06:00; c aired * 06:10[0-10]; c aired 06:20[0-10]'
	airs "repeat \"x\" { $at catch-up = \"all\" }" '05:50 power-off 20m' \
		'c aired * 06:10[0-10]; c aired * 06:10:10[0-10]; c aired 06:20[0-10]'
	airs "repeat \"x\" { $at catch-up = \"all\" }" '05:50 power-off 20m1s' \
		'c missed station-off @06:00; c aired * 06:10:01[0-10]; c aired 06:20[0-10]'
	airs "repeat \"x\" { $at }" '05:59:50 power-off 1m' 'c aired 06:00:50[0-10]; c aired 06:05[0-10]; c aired 06:20[0-10]'
	# on air: closed at the last journalled frame, then rule 5
	airs "$x" '05:30:30 power-off 1m' 'a aired 05:30[0-27] 05:31:30[27-60]'
	airs "$x" '05:30:30 power-off 1h' 'a partial power-cut 05:30[0-27]'
}

@test "rule 13: steps of the clock, and a clock that is not believed" {
	local at='repeat "x" { at = { "6h" } play = { "c" } }'
	airs "$at" '05:59:30 clock +59s' 'c aired 06:00:29[0-10]'
	airs "$at" '05:30 clock +1h' 'c missed clock @06:00'
	airs "repeat \"x\" { at = { \"6h\" } catch-up = \"once\" play = { \"c\" } }" '05:55 clock +10m' 'c aired * 06:05[0-10]'
	airs "$at" '06:10 clock -1h' 'c aired 06:00[0-10]'
	airs 'repeat "x" { at = { "6h" } play = { "a" } }' '06:00:20 clock +1h' 'a aired 06:00[0-60]'
	airs 'repeat "x" { at = { "6h" } play = { "a" } }' '06:00:20 clock -1h' 'a aired 06:00[0-60]'
	airs "$at $bao" '05:30 clock -2d; 05:40 emergency bao; 05:41 play c; 05:50 clock +2d' \
		'0 bao aired 05:40[0-10]; c aired 05:41[0-10]; c aired 06:00[0-10]'
	airs "$at" '05:30 clock -2d; 06:10 clock +2d' 'c missed clock @06:00'
	airs "$at" '04:30 clock +25h; 05:30 clock -25h; 05:31 clock confirm' 'c missed clock @06:00; c aired 06:00[0-10]'
}

@test "rule 14: hours that come twice, or never" {
	timezone=Europe/Berlin from=2021-10-31
	local free='guard "g" { from = "22h" to = "1h" action = "refuse" }'
	airs "$free repeat \"x\" { at = { \"2h30\" } play = { \"c\" } }" '' 'c aired 02:30[0-10]'
	[ "$(jq -r .planned log.json)" = 2021-10-31T02:30:00.000+02:00 ]
	from=2021-03-28
	airs "$free repeat \"x\" { at = { \"2h30\", \"2h45\" } play = { \"c\" } }" '' 'c aired 03:00[0-10]'
}

@test "rule 15: the account, and a reload" {
	mkdir new && write_station new && echo 'repeat "z" { at = { "6h10" } play = { "b" } }' >new/rules.conf
	airs "$x repeat \"y\" { at = { \"05:30:10\", \"6h\" } play = { \"c\" } }" '05:30:20 reload new' \
		'a aired 05:30[0-60]; c skipped replaced @05:30:10; b aired 06:10[0-30]'
	# refused: nothing has changed
	echo 'repeat "z" { at = { "25h" } play = { "b" } }' >new/rules.conf
	airs "$x" '05:30:20 reload new' 'a aired 05:30[0-60]'
	grep -q 'script:1:' err
	# a longer first item moves the others within their firing: each airs once
	write_station new && sed -i 's/b.wav/drop.wav/' new/station.conf
	echo 'session "s" { start = "5h30" end = "6h" play = { "b", "c", "p" } }' >new/rules.conf
	airs 'session "s" { start = "5h30" end = "6h" play = { "b", "c", "p" } }' '05:30:35 reload new' \
		'b aired 05:30[0-30]; c aired 05:30:30[0-10]; p aired 05:31:10[0-30]'
}

@test "rule 16: a lost output makes wait, its limits do not" {
	airs "$x" '05:30:20 lose ampli; 05:30:50 restore ampli' 'a aired 05:30[0-20] 05:30:50[20-60]'
	airs "$x" '05:29 lose ampli' 'a failed device-lost @05:30'
	airs "$x" '05:30:20 lose ampli' 'a partial device-lost 05:30[0-20]'
	airs "$x" '05:30:20 lose ampli; 05:30:30 kill; 05:30:50 restore ampli' 'a aired 05:30[0-20] 05:30:50[20-60]'
}

@test "rule 17: the verbs" {
	local s='session "s" { start = "5h30" end = "6h" play = { "a", "b" } }'
	airs "$s repeat \"y\" { at = { \"5h40\" } play = { \"c\" } }" '05:30:10 play c; 05:30:20 stop z1' \
		'a partial operator 05:30[0-20]; c skipped operator @05:30:10; b skipped operator @05:31; c aired 05:40[0-10]'
	airs "$s" '05:30:20 skip z1' 'a partial operator 05:30[0-20]; b aired 05:31[0-30]'
	airs "$x" '05:29 lose ampli; 05:30:10 skip z1' 'a skipped operator @05:30'
	airs "$s" '05:30:20 hold z1; 05:30:30 kill; 05:31:10 release z1' 'a partial held 05:30[0-20]; b skipped held @05:31'
	airs "$s" '05:30:20 off z1 reason "hỏng"; 05:31:10 on z1' 'a partial operator 05:30[0-20]; b skipped zone-off @05:31'
	airs "$s $bao" '05:30:10 emergency bao; 05:30:15 silence; 05:32 release all; 05:33 play c' \
		'a partial operator 05:30[0-10]; 0 bao partial operator 05:30:10[0-5]; b skipped held @05:31; c aired 05:33[0-10]'
	airs '' '05:30 play raw; 05:31 play old; 05:32 play c --zones z1; 05:33 play c --level priority' \
		'raw skipped not-approved @05:30; old skipped out-of-window @05:31; c aired 05:32[0-10]; c aired 05:33[0-10]'
	[ "$(jq -r 'select(.planned[11:16] == "05:33").priority' log.json)" = priority ]
	airs "$s" '05:30:20 volume z1 40 by "Lan"' 'a aired 05:30[0-60]; b aired 05:31[0-30]'
	"$loaxa" log --state state --events --json | jq -se 'any(.kind == "volume" and .body.volume == 40 and .body.by == "Lan")'
}

@test "failures: missing, changed, and on air at two crashes in a row" {
	airs "$x" '05:29 file-gone a.wav' 'a failed file-missing @05:30'
	airs 'bulletin "d" { title = "d" audio = { "c.wav" } until = "31/12/2030" approved-by = "x" approved-on = "1/7/2021"
		sha256 = "00000000000000000000000000000000000000000000000000000000000000ff" }
		repeat "x" { at = { "5h30" } play = { "d" } }' '' 'd failed file-changed @05:30'
	local words='bulletin "d" { title = "d" audio = { "c.wav" } until = "31/12/2030" approved-by = "x" approved-on = "1/7/2021"
		text = "d.txt" text-sha256 = "'$(printf 'Nghe đây' | sha256sum | cut -c1-64)'" } repeat "x" { at = { "5h30" } play = { "d" } }'
	printf 'Nghe đây' >"$BATS_FILE_TMPDIR/audio/d.txt"
	airs "$words" '' 'd aired 05:30[0-10]'
	airs "$words" '05:29 file-changed d.txt; 05:29:30 kill' 'd failed file-changed @05:30'
	printf 'Nghe đó' >"$BATS_FILE_TMPDIR/audio/d.txt"
	airs "$words" '' 'd failed file-changed @05:30'
	rm "$BATS_FILE_TMPDIR/audio/d.txt"
	airs "$words" '' 'd failed file-changed @05:30'
	airs "$x" '05:30:20 kill; 05:30:40 kill' 'a failed crashed 05:30[0-17] 05:30:20[17-27]'
	airs "$x" '05:30:20 kill' 'a aired 05:30[0-17] 05:30:20[17-60]'
}

@test "who said it: by in every line, else the script" {
	airs "$bao" '05:30 emergency bao by "Nguyễn Văn A"; 05:31 play c' '0 bao aired 05:30[0-10]; c aired 05:31[0-10]'
	[ "$(jq -r .operator log.json | tr '\n' '|')" = 'Nguyễn Văn A|script|' ]
}

@test "the end of a run: nothing planned at or after it, but what is on air or waits comes to its verdict" {
	local night='guard "g" { from = "3h" to = "4h" action = "refuse" }'
	airs "$night repeat \"x\" { at = { \"0h\", \"23:59:30\" } play = { \"a\" } }" '' 'a aired 00:00[0-60]; a aired 23:59:30[0-60]'
	airs "$night repeat \"x\" { at = { \"0h30\" , \"23h30\" } play = { \"c\" } }" '23:00 power-off 3h' \
		'c aired 00:30[0-10]; c missed station-off @23:30'
	airs 'emergency "e" { play = { "bao" } first-repeats = 3 first-every = "5m" }' '23:52 emergency e' \
		'0 bao aired 23:52[0-10]; 1 bao aired 23:57[0-10]'
}

@test "a person who speaks: cuts nothing, waits for nobody, and what is cut of it is gone" {
	airs "$x" '05:40 speak z1 for 20s' 'a aired 05:30[0-60]; speak aired 05:40[0-20]'
	airs "$x" '05:29:50 speak z1 for 20s' 'speak aired 05:29:50[0-20]; a aired 05:30:10[0-60]'
	airs "$x" '05:30:10 speak z1 for 20s' 'a aired 05:30[0-60]'
	airs "$x" '05:30:10 speak z1 for 20s --level emergency' 'a aired 05:30[0-10] 05:30:30[10-60]; speak aired 05:30:10[0-20]'
	airs "$bao" '05:40 speak z1 for 20s; 05:40:05 emergency bao' 'speak partial interrupted 05:40[0-5]; 0 bao aired 05:40:05[0-10]'
	airs "$bao" '22:00 speak z1 for 20s' 'speak skipped quiet-hours @22:00'
	airs "$bao" '05:40 speak z1 for 20s; 05:40:05 stop z1' 'speak partial operator 05:40[0-5]'
}

@test "a play ordered ahead: guards, windows and approval count at its instant, and it survives a restart" {
	airs '' '05:30 play c --at 6h --times 3 --every 10m --zones z1 by "Lan"; 05:40 kill; 06:05 power-off 10m' \
		'c aired 06:00[0-10]; c missed station-off @06:10; c aired 06:20[0-10]'
	airs '' '20:00 play c --at 20h55 --times 2 --every 10m' 'c aired 20:55[0-10]; c skipped quiet-hours @21:05'
	airs '' '05:30 play raw --at 6h; 05:30 play old --at 7h' 'raw skipped not-approved @06:00; old skipped out-of-window @07:00'
	airs '' '05:30 play c --at 6h; 05:31 play b --at 6h; 05:40 cancel play-1' 'b aired 06:00[0-30]'
	airs "$x" '05:30:10 skip z1; 05:40 play a --for 00001/x/20210714T053000+0700/1.a/z1 --at 6h' \
		'a partial operator 05:30[0-10]; a aired * 06:00[0-60]'
}

@test "an emergency is extended, and rehearsed between the words that say so" {
	airs 'emergency "e" { play = { "bao" } then-every = "10m" until = "20m" }' '05:30 emergency e; 05:41 extend e for 10m; 05:42 kill' \
		'0 bao aired 05:30[0-10]; 1 bao aired 05:40[0-10]; 2 bao aired 05:50[0-10]'
	airs "$x $bao" '05:30:10 drill bao by "Lan"; 05:40 drill bao; 05:40:12 emergency bao' \
		'a aired 05:30[0-10] 05:30:30[10-60]; bao aired 05:30:10[0-20]; bao partial interrupted 05:40[0-12]; 0 bao aired 05:40:12[0-10]'
	jq -es '[ .[] | select(.from == "drill") | .test and .class == "test" and .priority == "emergency" and .kind == "manual" ] | length == 2 and all' log.json
	airs "$bao" '22:00 drill bao' ''
	airs "$x" '05:20 duty "Lan"; 05:25 note 14/7/2021 "mất điện"' 'a aired 05:30[0-60]'
	LANGUAGE=en LC_ALL=C.UTF-8 "$loaxa" log --state state | grep -q '^  note: mất điện (script)$'
}

@test "a session that people skip: every item at its instant, over a restart and a reload" {
	local s='session "s" { start = "5h30" end = "6h" play = { "a", "b" } }'
	airs "$s" '05:00 skip-session s; 05:10 kill' 'a skipped operator @05:30; b skipped operator @05:31'
	airs "$s" '05:30:20 skip-session s' 'a partial operator 05:30[0-20]; b skipped operator @05:31'
	airs "$s" '05:00 skip-session s; 05:30:30 skip-session s --undo' 'a skipped operator @05:30; b aired 05:31[0-30]'
	days=2
	airs "$s" '05:00 skip-session s --date 15/7/2021' \
		'a aired 05:30[0-60]; b aired 05:31[0-30]; a skipped operator @05:30; b skipped operator @05:31'
}

@test "the same script gives the same bytes and the same chain head" {
	local i script='05:30:10 emergency bao; 05:30:15 kill; 05:35 clock +10m; 05:50 power-off 5m; 06:00 lose ampli; 06:10 restore ampli'
	for i in 1 2; do
		rehearse "$x $bao repeat \"y\" { every = \"3m\" within = { \"5h30-7h\" } play = { \"c\", \"b\" } }" "$script"
		grep -oE '[0-9a-f]{64}' out >head$i
		cp log.json log$i
		"$loaxa" log --state state --events --json >events$i
	done
	[ -s head1 ] && [ -s events1 ]
	cmp head1 head2
	cmp log1 log2
	cmp events1 events2
}

@test "without a script a dry run decides exactly what plan prints" {
	days=3
	rehearse "$x session \"s\" { start = \"23h50\" end = \"0h30\" play = { \"a\", \"b\", \"vov@0h10\", \"old\" } }
		guard \"g\" { from = \"3h\" to = \"4h\" action = \"refuse\" } repeat \"y\" { every = \"7m\" within = { \"5h30-7h\" } rotate = { \"c\", \"b\" } }" ''
	"$loaxa" plan st --store "$BATS_FILE_TMPDIR/store" --from "$from" --days 3 --json | jq -r '[.id, .planned] | @tsv' | sort >planned
	jq -r '[.id, .planned] | @tsv' log.json | sort >decided
	[ -s planned ]
	diff planned decided
}
