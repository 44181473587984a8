#!/usr/bin/env bats
# A journal of years: what asks for a day goes by an index, not through all rows; one from before an index gets it.

bats_require_minimum_version 1.5.0

setup() {
	build=$(realpath "${BUILD:-build}")
	tool=$build/tests/system/journal-tool
	dir=$(mktemp -d)
	"$tool" append "$dir" 200 >/dev/null
}

teardown() {
	rm -rf "$dir"
}

# plan SQL : how SQLite would go about it
plan() {
	sqlite3 -readonly "$dir/journal.db" "EXPLAIN QUERY PLAN $1"
}

@test "years: a day's rows, its airings and its notes are found by an index" {
	plan 'SELECT min(seq), max(seq) FROM row WHERE wall_us >= 5 AND wall_us < 9' | grep -F row_written
	plan 'SELECT min(seq), max(seq) FROM row WHERE planned_us <> 0 AND planned_us >= 5 AND planned_us < 9' | grep -F row_planned
	plan "SELECT * FROM row WHERE airing IS NULL AND kind <> 'progress' AND wall_us >= 5 AND wall_us < 9 AND kind IN ('a', 'b') ORDER BY seq" |
		grep -F row_event
	plan "SELECT seq FROM row WHERE kind IN ('start', 'day') ORDER BY seq DESC LIMIT 1" | grep -F row_checkpoint
}

@test "years: a journal of an earlier version is read as it is, and gets its indices at the next start" {
	sqlite3 "$dir/journal.db" 'DROP INDEX row_written; DROP INDEX row_event;'
	"$tool" list "$dir" | tail -1 | grep -x 199
	run -1 grep -F row_written <(plan 'SELECT min(seq) FROM row WHERE wall_us >= 5')
	"$tool" append "$dir" 1
	plan 'SELECT min(seq), max(seq) FROM row WHERE wall_us >= 5 AND wall_us < 9' | grep -F row_written
	"$tool" verify "$dir" | grep '^201 '
}
