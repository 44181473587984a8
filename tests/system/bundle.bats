#!/usr/bin/env bats
# From a rehearsal's journal to a bundle, and what loaxa verify says of both when somebody meddles.

bats_require_minimum_version 1.5.0

setup_file() {
	export LANGUAGE=en
	unset LC_ALL LANG
	loaxa=${BUILD:-build}/loaxa
	cat >"$BATS_FILE_TMPDIR/script" <<-'SCRIPT'
		2021-07-14T05:41  emergency bao
		2021-07-14T07:00  power-off 5h
		2021-07-15T05:35  kill
		2021-07-15T06:10  off cum-2 reason "hỏng loa"
		2021-07-15T17:05  stop cum-1
		2021-07-16T05:20  skip-session sang
		2021-07-16T11:15  clock +1h
	SCRIPT
	"$loaxa" dry-run schedules/loc-tho --from 2021-07-13 --days 5 --script "$BATS_FILE_TMPDIR/script" \
		--state "$BATS_FILE_TMPDIR/state" --store "$BATS_FILE_TMPDIR/store" >/dev/null
	"$loaxa" export --state "$BATS_FILE_TMPDIR/state" --from 14/7/2021 --to 16/7/2021 --out "$BATS_FILE_TMPDIR/b.loaxa"
}

setup() {
	export LANGUAGE=en
	unset LC_ALL LANG
	loaxa=$(realpath "${BUILD:-build}")/loaxa
	state=$BATS_FILE_TMPDIR/state
	bundle=$BATS_FILE_TMPDIR/b.loaxa
	mine=$BATS_TEST_TMPDIR
}

# of FIELD [ARG…]: a field of what verify says in JSON
of() {
	local field=$1
	shift
	"$loaxa" verify --json "$@" | jq -r ".$field"
}

@test "bundle: three days of faults match, and every planned airing has its row" {
	run -0 "$loaxa" verify "$bundle"
	echo "$output"
	[[ $output == *"MATCHES: the bundle of station 22363 (Đài truyền thanh phường Lộc Thọ), from 14/7/2021 to 16/7/2021."* ]]
	[[ $output == *"planned 306 airings (counted by zone): every one has its row."* ]]
	[[ $output == *"nothing was said of whose it is"* ]]
	[ "$(of planned "$bundle")" = "$("$loaxa" plan schedules/loc-tho --from 2021-07-14 --days 3 --json | wc -l)" ]
	[ "$(of undecided "$bundle")" = 0 ]
}

@test "bundle: of a rehearsal it says so first" {
	run -0 "$loaxa" verify "$bundle"
	[[ ${lines[0]} == *REHEARSAL* ]] || [[ ${lines[0]} == *"CHẠY THỬ"* ]]
	[ "$(of rehearsal "$bundle")" = true ]
	run -0 "$loaxa" export --state "$state" --from 14/7/2021 --to 14/7/2021 --out "$mine/x"
	[[ ${lines[0]} == *REHEARSAL* ]] || [[ ${lines[0]} == *"CHẠY THỬ"* ]]
}

@test "bundle: the same days give the same bytes; the usual name is the station's and the days'" {
	cd "$mine"
	"$loaxa" export --state "$state" --from 14/7/2021 --to 16/7/2021 >/dev/null
	cmp "$bundle" 22363_2021-07-14_2021-07-16.loaxa
	[ ! -e 22363_2021-07-14_2021-07-16.loaxa.part ]
}

@test "bundle: of a month that is not over, or that begins late, it says so" {
	"$loaxa" export --state "$state" --month 7/2021 --out "$mine/july" >/dev/null
	run -0 "$loaxa" verify "$mine/july"
	[[ $output == *"ONLY A PART OF THAT TIME: the journal begins at 00:00 on 13/7/2021."* ]]
	[[ $output == *"ONLY A PART OF THAT TIME: what came after 00:00 on 18/7/2021 is not in it."* ]]
	run -0 "$loaxa" verify "$bundle"
	[[ $output != *"ONLY A PART"* ]]
}

@test "bundle: the journal itself matches, and its rows are those of the bundle" {
	run -0 "$loaxa" verify --state "$state"
	[[ $output == *"MATCHES: the journal of station 22363"* ]]
	[ "$(of missing --state "$state")" = 0 ]
	[ "$(of unsealed --state "$state")" = 0 ]
	[ "$(of key --state "$state")" = "$(of key "$bundle")" ]
}

@test "bundle: a row changed in the database is named, and not exported" {
	cp -r "$state" "$mine/s"
	row=$(sqlite3 "$mine/s/journal.db" "SELECT seq FROM row WHERE kind = 'verdict' AND body LIKE '%\"skipped\"%' LIMIT 1")
	sqlite3 "$mine/s/journal.db" "DROP TRIGGER row_no_update;
		UPDATE row SET body = replace(body, '\"skipped\"', '\"aired\"') WHERE seq = $row"
	run -1 "$loaxa" verify --state "$mine/s"
	[[ $output == *"the journal does NOT match from row $(printf "%'d" "$row" | sed 's/^\([0-9]\)\([0-9]\{3\}\)$/\1,\2/') ("*"/7/2021) on"* ]]
	[ "$(of wrong_row --state "$mine/s")" = "$row" ]
	run -1 "$loaxa" export --state "$mine/s" --month 7/2021 --out "$mine/b"
	[[ $output == *"row $row of the journal is not what it was"* ]]
	[ ! -e "$mine/b" ] && [ ! -e "$mine/b.part" ]
}

# The hashes of all later rows made anew, as the owner of the machine could: the next seal does not fit.
@test "bundle: a chain that was forged anew breaks at its seal" {
	row=$(sqlite3 "$state/journal.db" "SELECT min(seq) FROM row WHERE kind = 'verdict' AND body LIKE '%\"missed\"%'")
	seal=$(sqlite3 "$state/journal.db" "SELECT min(seq) FROM row WHERE kind = 'seal' AND seq > $row")
	"${BUILD:-build}/tests/system/bundle-tool" forge "$state" "$mine/s" "$row" '"missed"' '"aired"'
	run -1 "$loaxa" verify --state "$mine/s"
	echo "$output"
	[ "$(of wrong --state "$mine/s")" = seal ]
	[ "$(of wrong_row --state "$mine/s")" = "$seal" ]
	[ "$(of wrong_since --state "$mine/s")" -le "$row" ]
	run -1 "$loaxa" export --state "$mine/s" --month 7/2021 --out "$mine/b"
	[[ $output == *"the seal in row "* ]]
	[ ! -e "$mine/b" ]
}

@test "bundle: a missing row and a cut journal" {
	cp -r "$state" "$mine/s"
	sqlite3 "$mine/s/journal.db" 'DROP TRIGGER row_no_delete; DELETE FROM row WHERE seq = 700'
	[ "$(of wrong --state "$mine/s")" = missing ]
	[ "$(of wrong_row --state "$mine/s")" = 700 ]
	cp -r "$state" "$mine/t"
	noted=$(of last "$bundle"):$(of head "$bundle")
	run -0 "$loaxa" verify --state "$mine/t" --checkpoint "$noted"
	[[ $output == *"is in it, unchanged"* ]]
	sqlite3 "$mine/t/journal.db" 'DROP TRIGGER row_no_delete; DELETE FROM row WHERE seq > 700'
	run -0 "$loaxa" verify --state "$mine/t"
	run -1 "$loaxa" verify --state "$mine/t" --checkpoint "$noted"
	[[ $output == *"NOT IN ORDER"*"the end was cut off"* ]]
}

@test "bundle: known keys, by their letters, by telephone, in a file" {
	key=$(of key "$bundle")
	digits=$("$loaxa" verify "$bundle" | sed -n 's/.*Sealed with the key \([0-9 ]*\):.*/\1/p')
	[ "${#digits}" -eq 35 ]
	{ echo "# các đài"; echo "${key//[0-9]/1}"; echo "$digits  # Lộc Thọ"; } >"$mine/keys"
	for known in "$key" "$digits" "${digits// /}" "$mine/keys"; do
		run -0 "$loaxa" verify "$bundle" --key "$known"
		[[ $output == *"it is a known one"* ]]
	done
	run -1 "$loaxa" verify "$bundle" --key "${key:1}0"
	[[ $output == *"NOT A KNOWN ONE"* ]]
	run -1 "$loaxa" verify "$bundle" --key nonsense
	[[ $output == *"neither a key nor a file of keys"* ]]
}

@test "bundle: what is no bundle, a cut one, one with a bit changed" {
	run -1 "$loaxa" verify schedules/loc-tho/station.conf
	[[ $output == *"no bundle of a station"* ]]
	run -1 "$loaxa" verify "$mine/none"
	[[ $output == *"cannot be read"* ]]
	size=$(stat -c %s "$bundle")
	head -c $((size / 2)) "$bundle" >"$mine/half"
	run -1 "$loaxa" verify "$mine/half"
	[[ $output == *"the bundle is CUT before row "*"ask station 22363 to export it again"* ]]
	cp "$bundle" "$mine/bit"
	byte=$(od -An -tu1 -j $((size - 9000)) -N1 "$bundle")
	printf "\\x$(printf %02x $((byte ^ 16)))" | dd of="$mine/bit" bs=1 seek=$((size - 9000)) conv=notrunc status=none
	run -1 "$loaxa" verify "$mine/bit"
	echo "$output"
	[[ $output == *"the bundle does NOT match from row "*" on "*"/7/2021) on"* ]]
}

@test "bundle: times that the journal does not hold, and journals that are not there" {
	run -1 "$loaxa" export --state "$state" --month 5/2021 --out "$mine/x"
	[[ $output == *"goes from 00:00 on 13/7/2021 to 00:00 on 18/7/2021: nothing of"* ]]
	run -1 "$loaxa" export --state "$mine" --month 7/2021 --out "$mine/x"
	[[ $output == *"no journal in"* ]]
	run -1 "$loaxa" export --state "$state" --month 13/2021 --out "$mine/x"
	run -1 "$loaxa" export --state "$state" --from 14/7/2021 --to 16/7/2021 --out "$mine/no/where"
	[[ $output == *"cannot be written"* ]]
	[ ! -e "$mine/x" ]
	run -1 "$loaxa" verify --state "$mine"
	[[ $output == *"no journal in"* ]]
	run -2 "$loaxa" verify "$bundle" "$bundle"
}

@test "bundle: in Vietnamese the sentence that officials know" {
	size=$(stat -c %s "$bundle")
	head -c $((size - 1)) "$bundle" >"$mine/cut"
	LANGUAGE=vi run -1 "$loaxa" verify "$mine/cut"
	[[ $output == *"gói số liệu bị CẮT trước dòng "*"đề nghị đài 22363 gửi lại: loaxa export"* ]]
	LANGUAGE=vi run -0 "$loaxa" verify "$bundle"
	[[ $output == *"KHỚP: gói số liệu của đài 22363"* ]]
}
