#!/usr/bin/env bats
# What other programs rely on: commands, exit codes and JSON fields (design, section 7).
bats_require_minimum_version 1.5.0

setup() {
	cd "$BATS_TEST_DIRNAME/../.." || return 1
	loaxa=${BUILD:-build}/loaxa
	station=schedules/loc-tho
	work=$BATS_TEST_TMPDIR
	export LANG=C LC_ALL=C LANGUAGE=
}

fields() { jq -r 'keys_unsorted | join(" ")' | sort -u; }

@test "plan: the contract's fields, sorted by instant, none outside the days asked for" {
	"$loaxa" plan $station --from 2021-07-14 --days 2 --json >"$work/plan"
	[ "$(fields <"$work/plan")" = "id planned zone bulletin campaign priority class duration_s from" ]
	[ "$(jq -r .planned "$work/plan" | sort -c 2>&1)" = "" ]
	[ "$(jq -r .planned "$work/plan" | cut -c1-10 | sort -u | tr '\n' ' ')" = "2021-07-14 2021-07-15 " ]
	[ -n "$(jq 'select(.from == "session:sang")' "$work/plan")" ]
	[ "$(jq -r .id "$work/plan" | sort | uniq -d)" = "" ]
}

@test "log: the contract's fields in the contract's order" {
	"$loaxa" dry-run $station --from 2021-07-14 --state "$work/s" >/dev/null
	"$loaxa" log --state "$work/s" --json >"$work/log"
	[ "$(fields <"$work/log")" = "id kind from planned started ended station station_name zone zone_name bulletin title campaign directives class priority state reason frames_total frames_played segments lateness_ms operator uid approved_by audio_sha256 made_up rehearsal test" ]
	[ "$(jq -c 'select(.rehearsal != true)' "$work/log")" = "" ]
}

@test "check: the contract's fields" {
	mkdir "$work/bad"
	printf 'station "1" {\n  name = "x"\n  nmae = "y"\n}\n' >"$work/bad/station.conf"
	run -1 --separate-stderr "$loaxa" check "$work/bad" --json
	[ "$(echo "$output" | fields)" = "file line severity code message" ]
}

@test "a dry run without script decides exactly what plan prints" {
	"$loaxa" plan $station --from 2021-07-30 --days 3 --json | jq -r '[.id, .planned] | @tsv' | sort >"$work/plan"
	"$loaxa" dry-run $station --from 2021-07-30 --days 3 --state "$work/s" --json | jq -r '[.id, .planned] | @tsv' | sort >"$work/run"
	[ -s "$work/plan" ]
	diff "$work/plan" "$work/run"
}

@test "the same script gives the same bytes and the same chain head" {
	for i in 1 2; do
		"$loaxa" dry-run $station --from 2021-07-14 --script $station/dien-bien-mau.txt --state "$work/$i" |
			grep -E '[0-9a-f]{64}' >"$work/head$i"
		"$loaxa" log --state "$work/$i" --json >"$work/log$i"
	done
	[ -s "$work/head1" ]
	cmp "$work/head1" "$work/head2"
	cmp "$work/log1" "$work/log2"
}

@test "rendering changes nothing that the log says" {
	"$loaxa" dry-run $station --from 2021-07-14T05:30 --until 2021-07-14T05:40 --state "$work/a" --json >"$work/plain"
	"$loaxa" dry-run $station --from 2021-07-14T05:30 --until 2021-07-14T05:40 --state "$work/b" --json \
		--render "$work/x.wav" >"$work/rendered"
	cmp "$work/plain" "$work/rendered"
	[ "$(soxi -s "$work/x.wav")" = $((600 * 48000)) ]
}

@test "a refused schedule: exit 1 and nothing on stdout, from plan, dry-run and their JSON" {
	mkdir "$work/bad"
	echo 'station "1" { name = "x"' >"$work/bad/station.conf"
	for words in "plan $work/bad" "plan $work/bad --json" "dry-run $work/bad" "dry-run $work/bad --json"; do
		run -1 --separate-stderr "$loaxa" $words
		[ "$output" = "" ]
		[ "$stderr" != "" ]
	done
}

@test "usage: exit 2 for what is not understood" {
	for words in "nosuch" "plan --days" "plan --from 30/02/2021" "plan --days 0" "dry-run --from tomorrow" "dry-run --nosuch" \
		"dry-run a b" "log --state-is nosuch" "check --nosuch"; do
		run -2 --separate-stderr "$loaxa" $words
		[ "$stderr" != "" ]
	done
}

@test "a script that cannot be read is refused line by line, before anything runs" {
	printf '2021-07-14T05:31 emergncy bao\n2021-07-14T05:32 power-off soon\n2021-07-14T05:30 kill\nx kill\n' >"$work/script"
	run -2 --separate-stderr "$loaxa" dry-run $station --from 2021-07-14 --script "$work/script" --state "$work/s"
	[ "$output" = "" ]
	[ "$(echo "$stderr" | grep -oE "script:[124]:" | tr "\n" " ")" = "script:1: script:2: script:4: " ]
	[ ! -e "$work/s/journal.db" ]
}
@test "a live station's state is refused to a dry run" {
	"$loaxa" run $station --state "$work/live" --sink dry-run 2>/dev/null &
	pid=$!
	for _ in $(seq 1 2000); do "$loaxa" status --state "$work/live" >/dev/null 2>&1 && break; done
	kill $pid
	wait $pid
	run -1 --separate-stderr "$loaxa" dry-run $station --from 2021-07-14 --state "$work/live"
	[ "$output" = "" ]
	[ "$stderr" != "" ]
}

@test "an installed program finds its Vietnamese beside a program that is called locale" {
	mkdir -p "$BATS_TEST_TMPDIR/bin" "$BATS_TEST_TMPDIR/share/locale"
	cp "${BUILD:-build}/loaxa" "$BATS_TEST_TMPDIR/bin/"
	cp -r "${BUILD:-build}/locale/vi" "$BATS_TEST_TMPDIR/share/locale/"
	cp /bin/true "$BATS_TEST_TMPDIR/bin/locale"
	[[ $(env -u LANGUAGE -u LANG -u LC_ALL "$BATS_TEST_TMPDIR/bin/loaxa" help) == *"bộ điều khiển"* ]]
}
