#!/usr/bin/env bats
# kill -9 at random moments: no row that was acknowledged is lost, none is doubled, the chain holds.
# JOURNAL_KILLS=500 for the long run.

setup() {
	tool=$(realpath "${BUILD:-build}")/tests/system/journal-tool
	dir=$(mktemp -d)
}

teardown() {
	rm -rf "$dir"
}

@test "journal: killed at random moments it loses nothing it acknowledged and doubles nothing" {
	RANDOM=${JOURNAL_SEED:-17}
	interrupted=0
	for ((i = 0; i < ${JOURNAL_KILLS:-50}; i++)); do
		: >"$dir/said" # a shell killed before it redirects would leave the last one's words
		# 0 to 60 ms after the start: in the opening, in a commit, between two
		"$tool" append "$dir/state" 100000 >"$dir/said" 2>"$dir/err" &
		pid=$!
		sleep "0.0$((RANDOM % 6))$((RANDOM % 10))"
		kill -9 $pid
		wait $pid || interrupted=$((interrupted + 1))
		cat "$dir/said" >>"$dir/acknowledged"
		[ ! -s "$dir/err" ] || { cat "$dir/err"; false; }
	done
	[ "$interrupted" -eq "${JOURNAL_KILLS:-50}" ]
	run "$tool" verify "$dir/state"
	echo "$output"
	[ "$status" -eq 0 ]
	"$tool" list "$dir/state" >"$dir/there"
	# numbers 0, 1, 2 … without gap or double: what was not acknowledged may be there, or its number was used again
	[ -z "$(awk '$1 != NR - 1' "$dir/there")" ]
	[ -z "$(sort "$dir/acknowledged" | uniq -d)" ]
	# a word half said (cut by the kill) is no acknowledgement: whole lines only
	lost=$(sed '/^[0-9]*$/!d' "$dir/acknowledged" | sort | comm -23 - <(sort "$dir/there"))
	[ -z "$lost" ]
	# and the test did test something
	[ "$(wc -l <"$dir/acknowledged")" -gt 100 ]
}
