# The station's key: made by itself, changed while the station is on air, lost, restored elsewhere.

bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	station=$BATS_TEST_TMPDIR/station state=$BATS_TEST_TMPDIR/state store=$BATS_FILE_TMPDIR/store
	export LANGUAGE=en
	. "$BATS_TEST_DIRNAME/near-station.bash"
	near_station "$station"
}

teardown() {
	[ -z "${controller:-}" ] || kill -9 "$controller" 2>/dev/null || true
	[ -z "${house:-}" ] || rm -rf "$house"
}

live() {
	"$loaxa" "$@" --state "$state"
}

fault() {
	live status --json | jq -e ".faults | any(.code == \"key\" and (.text | contains(\"$1\")))" >/dev/null
}

no_key_fault() {
	live status --json | jq -e '.faults | all(.code != "key")' >/dev/null
}

rows() {
	sqlite3 -readonly "${2:-$state}/journal.db" "SELECT count(*) FROM row WHERE kind = '$1'"
}

sealed_times() {
	[ "$(rows seal)" -eq "$1" ]
}

more_verdicts_than() {
	[ "$(rows verdict)" -gt "$1" ]
}

@test "the key is there after the first start, and anybody who reads the log may see what to compare" {
	run_start
	eventually sealed_times 1
	[ "$(stat -c %a "$state/key")" = 600 ]
	run -0 live key
	[[ $output =~ [0-9]{5}\ [0-9]{5}\ [0-9]{5}\ [0-9]{5}\ [0-9]{5}\ [0-9]{5} ]]
	[[ $output == *"Key of station 00001, Đài thử"* && $output == *"Last seal"* ]]
	secret=$(cut -d' ' -f4 "$state/key")
	[ "${#secret}" -eq 64 ]
	[[ $output != *$secret* ]]
	run ! grep -rqF "$secret" "$state/journal.db" "$state/journal.db-wal"
	run_stop TERM
	[ "$(rows seal)" -eq 2 ]
	[ "$(live key --json | jq -s 'length == 1 and .[0].in_force and (.[0].key | length == 64)')" = true ]
}

@test "a new key: the station stays on air, the old one seals it" {
	run_start
	was=$(live key --json | jq -r .key)
	before=$(rows verdict)
	run -0 live key --new
	[[ $output == *"The old key seals it"* ]]
	eventually test ! -e "$state/key.next" # with the next row
	eventually more_verdicts_than "$before"
	run -0 live key --json
	[ "$(jq -rs '.[0].key' <<<"$output")" = "$was" ]
	[ "$(jq -rs '.[1].key' <<<"$output")" != "$was" ]
	[ "$(jq -rs '.[1] | .in_force and (.lost | not)' <<<"$output")" = true ]
	run -0 live key
	[[ $output == *"has sealed this one"* ]]
	run_stop TERM
	run -0 live key --new # nobody is there to take it
	[ "$(stat -c %a "$state/key.next")" = 600 ]
	run -1 live key --new
	[[ $output == *"waits already"* ]]
	run -0 live key
	[[ $output == *"A NEW KEY WAITS"* ]]
	[ "$(rows key)" -eq 2 ]
	run_start
	eventually no_key_fault
	eventually test ! -e "$state/key.next"
	[ "$(rows key)" -eq 3 ]
	run_stop TERM
	run -0 live verify
}

@test "a key that is gone: said in words, on air all the same, and a new one is marked as what it is" {
	run_start
	run -1 live key --lost # it is there
	[[ $output == *"--new"* ]]
	run_stop TERM
	sealed=$(rows seal)
	mv "$state/key" "$BATS_TEST_TMPDIR/kept"
	run_start
	eventually fault 'is gone'
	before=$(rows verdict)
	eventually more_verdicts_than "$before"
	[ "$(rows seal)" -eq "$sealed" ]
	live doctor --json | jq -e -s 'any(.[]; .check == "key" and .mark == "ill")'
	run -1 live key --new
	[[ $output == *"--lost"* ]]
	run -0 live key --lost
	[[ $output == *"ring up"* ]]
	eventually no_key_fault
	[ "$(rows key)" -eq 2 ]
	run -0 live key
	[[ $output == *"was lost"* ]]
	rm "$state/key"
	run_stop TERM
	run_start
	eventually fault 'is gone'
}

key_in_force() {
	live key --json | jq -er 'select(.in_force) | .key'
}

# bundle: what the receiver gets of yesterday, today and tomorrow
bundle() {
	rm -f "$BATS_TEST_TMPDIR/gui.loaxa"
	live export --out "$BATS_TEST_TMPDIR/gui.loaxa" --from "$(local_time '-1 day' +%F)" --to "$(local_time '+2 days' +%F)"
}

@test "who knows the old key trusts the one that it sealed, and not the one after a loss until the digits were compared" {
	run_start
	eventually key_in_force
	was=$(key_in_force)
	run_stop TERM
	live key --new
	run_start
	run_stop TERM
	[ "$(key_in_force)" != "$was" ]
	bundle
	run -0 "$loaxa" verify "$BATS_TEST_TMPDIR/gui.loaxa" --key "$was"
	rm "$state/key"
	live key --lost
	run_start
	run_stop TERM
	bundle
	run -1 "$loaxa" verify "$BATS_TEST_TMPDIR/gui.loaxa" --key "$was"
	run -0 "$loaxa" verify "$BATS_TEST_TMPDIR/gui.loaxa" --key "$(live key | grep -oE '([0-9]{5} ){5}[0-9]{5}' | head -1)"
}

@test "a key file that is torn, or that others could read" {
	run_start
	run_stop TERM
	cp -p "$state/key" "$BATS_TEST_TMPDIR/kept"
	truncate -s 70 "$state/key"
	run_start
	eventually fault damaged
	[ "$(stat -c %s "$state/key")" -eq 70 ]
	cp "$BATS_TEST_TMPDIR/kept" "$state/key.new"
	chmod 644 "$state/key.new"
	mv "$state/key.new" "$state/key" # put back while the station is on air
	eventually fault 'could read'
	[ "$(stat -c %a "$state/key")" = 600 ]
	run_stop TERM
	run_start
	eventually no_key_fault
}

@test "restored on another box the same key seals on; without it nothing is sealed until a person says so" {
	run_start
	live backup "$BATS_TEST_TMPDIR/station.tar" | grep -F "holds the station's key"
	run_stop TERM
	new=$BATS_TEST_TMPDIR/new
	"$loaxa" restore "$BATS_TEST_TMPDIR/station.tar" --state "$new/state" --dir "$new/station"
	[ "$(stat -c %a "$new/state/key")" = 600 ]
	cmp "$state/key" "$new/state/key"
	cp -r "$state" "$BATS_TEST_TMPDIR/state-old"
	state=$new/state station=$new/station
	run_start
	eventually no_key_fault
	run_stop TERM
	[ "$(rows key)" -eq 1 ]
	[ "$(live key --json | jq -r .key)" = "$("$loaxa" key --json --state "$BATS_TEST_TMPDIR/state-old" | jq -r .key)" ]
	rm "$state/key"
	run_start
	eventually fault 'is gone'
}

@test "a rehearsal has a key of its own, the same each time, and never a new one" {
	for n in 1 2; do
		"$loaxa" dry-run "$station" --state "$BATS_TEST_TMPDIR/dry" --store "$store" --from 2021-07-01 --days 2 >/dev/null
		"$loaxa" key --json --state "$BATS_TEST_TMPDIR/dry" | jq -r .key >>"$BATS_TEST_TMPDIR/keys"
	done
	[ "$(uniq "$BATS_TEST_TMPDIR/keys" | wc -l)" -eq 1 ]
	[ ! -e "$BATS_TEST_TMPDIR/dry/key" ]
	run -1 "$loaxa" key --new --state "$BATS_TEST_TMPDIR/dry"
	[[ $output == *rehearsal* ]]
	run -0 "$loaxa" key --state "$BATS_TEST_TMPDIR/dry"
	[[ $output == *"prove nothing"* ]]
}

# By other programs than ours: perl, sqlite3, openssl.
@test "what the manual says of chain, seals and keys is enough to check them" {
	run_start
	run_stop TERM
	live key --new
	run_start
	run_stop TERM
	run -0 perl "$BATS_TEST_DIRNAME/journal-page.pl" "$state/journal.db"
	[ "$output" = "rows $(sqlite3 "$state/journal.db" 'SELECT count(*) FROM row') seals 4 keys 2" ]
	"$loaxa" dry-run "$station" --state "$BATS_TEST_TMPDIR/dry" --store "$store" --from 2021-07-01 --days 2 >/dev/null
	run -0 perl "$BATS_TEST_DIRNAME/journal-page.pl" "$BATS_TEST_TMPDIR/dry/journal.db"
	[[ $output == *"seals 3 keys 1" ]]
	cp "$BATS_TEST_TMPDIR/dry/journal.db" "$BATS_TEST_TMPDIR/changed.db"
	sqlite3 "$BATS_TEST_TMPDIR/changed.db" "DROP TRIGGER row_no_update; UPDATE row SET wall_us = wall_us + 1 WHERE seq = 2"
	run -1 perl "$BATS_TEST_DIRNAME/journal-page.pl" "$BATS_TEST_TMPDIR/changed.db"
}

@test "a log of before there were seals says so" {
	"$loaxa" dry-run "$station" --state "$BATS_TEST_TMPDIR/dry" --store "$store" --from 2021-07-01 --days 1 >/dev/null
	sqlite3 "$BATS_TEST_TMPDIR/dry/journal.db" "DROP TRIGGER row_no_delete; DELETE FROM row WHERE kind IN ('key', 'seal', 'schedule')"
	run -0 "$loaxa" key --state "$BATS_TEST_TMPDIR/dry"
	[[ $output == *"no seals yet"* ]]
}

# as COMMAND…: by an account that may read the log and not the key
as() {
	cd / && run setpriv --reuid=61001 --regid=61900 --clear-groups "$house/loaxa" "$@" --state "$house/state"
}

@test "who may read the log may see the key and back the station up; only the station's account changes or keeps it" {
	[ "$(id -u)" -eq 0 ] || skip "only root can become somebody else"
	house=$(mktemp -d "/tmp/loaxa-key-XXXXXX") # others must be able to pass through it
	state=$house/state station=$house/station
	near_station "$station"
	run_start
	run_stop TERM
	cp "$(realpath "$loaxa")" "$house/loaxa"
	loaxa=$(realpath "$loaxa")
	mkdir -m 777 "$house/out"
	chmod -R a+rX "$house"
	chmod 600 "$state/key"
	as key
	[ "$status" -eq 0 ]
	[[ $output == *"Key of station 00001"* ]]
	as key --new
	[ "$status" -eq 1 ]
	[[ $output == *"only the account of the station"* && ! -e $state/key.next ]]
	cd / && run setpriv --reuid=61001 --regid=61900 --clear-groups "$house/loaxa" backup "$house/out/station.tar" --state "$state"
	[ "$status" -eq 0 ]
	[[ $output == *"WITHOUT the station's key"* ]]
	run -0 "$loaxa" restore "$house/out/station.tar" --state "$house/new/state" --dir "$house/new/station"
	[[ $output == *"key is not in this backup"* ]]
	chown 61001 "$state"
	run -0 "$loaxa" key --new --state "$state" # root makes it for the station's account
	[ "$(stat -c '%u %a' "$state/key.next")" = "61001 600" ]
}
