# A station in one file, and out of it elsewhere.

bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	station=$BATS_TEST_TMPDIR/station state=$BATS_TEST_TMPDIR/state store=$BATS_FILE_TMPDIR/store
	export LANGUAGE=en
	. "$BATS_TEST_DIRNAME/near-station.bash"
	near_station "$station"
	new=$BATS_TEST_TMPDIR/new file=$BATS_TEST_TMPDIR/station.tar
}

teardown() {
	[ -z "${controller:-}" ] || kill -9 "$controller" 2>/dev/null || true
}

live() {
	"$loaxa" "$@" --state "$state"
}

aired() {
	[ "$(live log --json | jq -s '[.[] | select(.state == "aired")] | length')" -ge "$1" ]
}

backup() {
	run_start
	eventually aired 2
	live backup "$file"
}

restore() {
	"$loaxa" restore "${1:-$file}" --state "$new/state" --dir "$new/station"
}

# Nothing was left by a restore that did not come to its end.
nothing_new() {
	[ -z "$(find "$new" -type f ! -name lock ! -name '*.wav' 2>/dev/null)" ]
}

@test "a station moves to a new box while it is on air: schedule, recordings, journal, accepted copies" {
	run_start
	sed -i 's/Cụm A/Cụm Mới/' "$station/station.conf"
	echo 'LT = Lộc Thọ' >"$station/cach-doc.txt"
	live reload --store "$store" >/dev/null
	eventually aired 4
	live backup "$file"
	run_stop KILL # what comes after it is not in it
	tar tf "$file" | sort >"$BATS_TEST_TMPDIR/members"
	grep -x state/journal.db "$BATS_TEST_TMPDIR/members"
	grep -x station/station.conf "$BATS_TEST_TMPDIR/members"
	grep -x audio/ngan.wav "$BATS_TEST_TMPDIR/members"
	grep -c 'state/accepted/.*/accepted.json' "$BATS_TEST_TMPDIR/members" | grep -x 2
	run ! grep -E 'lock|sock|wal|shm' "$BATS_TEST_TMPDIR/members"
	restore
	cmp "$station/station.conf" "$new/station/station.conf"
	cmp "$station/ngan.wav" "$new/station/ngan.wav"
	cmp "$station/cach-doc.txt" "$new/station/cach-doc.txt"
	[ ! -e "$new/state/.loaxa-restore" ]
	was=$(mktemp -d "$BATS_TEST_TMPDIR/XXXXXX")
	mv "$station" "$state" "$was" # the old box is gone
	"$loaxa" log --json --state "$new/state" >"$BATS_TEST_TMPDIR/log"
	[ "$(jq -s '[.[] | select(.state == "aired")] | length' "$BATS_TEST_TMPDIR/log")" -ge 4 ]
	diff <(head -4 "$BATS_TEST_TMPDIR/log") <("$loaxa" log --json --state "$was/state" | head -4)
	station= state=$new/state
	"$loaxa" run --state "$state" --store "$BATS_TEST_TMPDIR/store2" >"$BATS_TEST_TMPDIR/run.out" 2>&1 3>&- &
	controller=$!
	eventually live status --json >/dev/null 2>&1
	live status --json | jq -e '.zones[] | select(.zone == "a") | .title == "Cụm Mới"'
	live rollback --list --json | jq -e -s 'length == 2 and all(.dir == "'"$new/station"'")'
	n=$(jq -s '[.[] | select(.state == "aired")] | length' "$BATS_TEST_TMPDIR/log")
	eventually aired $((n + 2))
	run_stop TERM
	[ "$ended" -eq 0 ]
}

@test "recordings beside the schedule folder, with long names, come where the schedule looks for them" {
	long=$(printf 'rất-dài-%.0s' {1..12}).wav
	mkdir "$BATS_TEST_TMPDIR/audio"
	mv "$station"/*.wav "$BATS_TEST_TMPDIR/audio"
	mv "$BATS_TEST_TMPDIR/audio/dai.wav" "$BATS_TEST_TMPDIR/audio/$long"
	sed -i "s/dai\.wav/$long/; s/audio-dir = \"\.\"/audio-dir = \"..\/audio\"/" "$station/station.conf"
	ln -s /etc/passwd "$BATS_TEST_TMPDIR/audio/la.wav"
	backup
	run_stop TERM
	restore
	cmp "$BATS_TEST_TMPDIR/audio/$long" "$new/audio/$long"
	cmp "$BATS_TEST_TMPDIR/audio/ngan.wav" "$new/audio/ngan.wav"
	[ ! -e "$new/audio/la.wav" ]
	jq -e ".audio_dir | endswith(\"/new/audio\")" "$new"/state/accepted/*/accepted.json
	"$loaxa" check "$new/station" --store "$store"
}

@test "nothing is overwritten" {
	backup
	run -1 live backup "$file"
	[[ $output == *"File exists"* ]]
	run -1 "$loaxa" restore "$file" --state "$state" --dir "$new/station"
	[[ $output == *"is the state of a station already"* ]]
	run -1 "$loaxa" restore "$file" --state "$new/state" --dir "$station"
	[[ $output == *"is not empty"* ]]
	run -1 "$loaxa" restore "$file" --state "$new/state" # where it was
	[[ $output == *"is not empty"* ]]
	run_stop TERM
	mkdir -p "$new/audio"
	cp "$BATS_TEST_TMPDIR/station.tar" "$BATS_TEST_TMPDIR/other.tar"
	restore
	run -1 restore
	[[ $output == *"already"* ]]
}

@test "a backup that is damaged, cut short or no backup changes nothing" {
	backup
	run_stop TERM
	bad=$BATS_TEST_TMPDIR/bad.tar
	size=$(stat -c %s "$file")
	for at in 100 600 $((size / 3)) $((size / 2)) $((size - 3000)); do
		cp "$file" "$bad"
		# what fills a block up behind a file's end means nothing
		while [ -z "$(od -An -tx1 -j "$at" -N 3 "$file" | tr -d '0 \n')" ]; do at=$((at + 3)); done
		printf 'loa' | dd of="$bad" bs=1 seek="$at" conv=notrunc status=none
		cmp -s "$file" "$bad" && continue
		run restore "$bad"
		[ "$status" -eq 1 ] || { echo "spoilt at $at"; false; }
		nothing_new
	done
	for n in 0 100 512 $((size / 2)) $((size - 2000)); do
		head -c "$n" "$file" >"$bad"
		run -1 restore "$bad"
		nothing_new
	done
	run -1 restore "$station/ngan.wav"
	run -1 restore /dev/null
	run -1 restore "$BATS_TEST_TMPDIR/none"
	nothing_new
}

@test "no archive leads out of its place" {
	mkdir -p "$BATS_TEST_TMPDIR/x/state"
	cd "$BATS_TEST_TMPDIR/x"
	evil() { # evil LIST TAR-ARGUMENTS…
		printf '%s' "$1" >loaxa-backup.json
		shift
		rm -f "$BATS_TEST_TMPDIR/evil.tar"
		tar --format=ustar -cf "$BATS_TEST_TMPDIR/evil.tar" "$@" loaxa-backup.json
		run "$OLDPWD/$loaxa" restore "$BATS_TEST_TMPDIR/evil.tar" --state "$new/state" --dir "$new/station"
		[ "$status" -eq 1 ] || { echo "$output"; return 1; }
		nothing_new
	}
	[[ $loaxa != /* ]] || OLDPWD=
	printf 'x' >state/a
	hash=$(sha256sum <state/a | cut -d' ' -f1)
	list() {
		printf '{"v":1,"dir":"/nowhere/x","audio_dir":"/nowhere/y","files":[{"part":"%s","path":"%s","member":"%s","sha256":"%s","bytes":1}]}' "$1" "$2" "$3" "$hash"
	}
	ln -s /etc state/link
	for path in ../a /etc/a a/../../b a//b '' . .. .hidden a/.b; do
		evil "$(list state "$path" state/a)" state/a
		[[ $output == *"no backup of a station"* ]]
	done
	evil "$(list state a state/link)" state/link
	evil "$(list state a ../x/state/a)" -P ../x/state/a
	evil "$(list state a "$PWD/state/a")" -P "$PWD/state/a"
	evil "$(list weird a state/a)" state/a
	evil "$(list state a state/b)" state/a
	evil '{"v":1}' state/a
	evil '{' state/a
	[ ! -e "$BATS_TEST_TMPDIR/a" ] && [ ! -e "$new/a" ]
}
