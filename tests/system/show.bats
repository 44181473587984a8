# loaxa show: all of one airing, found as people ask for it, from a rehearsal in which things went wrong.
bats_require_minimum_version 1.5.0

setup_file() {
	export BUILD=$(realpath "${BUILD:-build}") LANGUAGE=en
	export station=$BATS_FILE_TMPDIR/station state=$BATS_FILE_TMPDIR/state store=$BATS_FILE_TMPDIR/store
	mkdir "$station"
	sox -q -n -r 48000 -b 16 "$station/tin.wav" synth 60 sine 440 vol 0.3
	sox -q -n -r 48000 -b 16 "$station/bao.wav" synth 10 sine 900 vol 0.3
	echo "Kính thưa bà con" >"$station/tin.txt"
	cat >"$station/station.conf" <<-CONF
		station "00001" { name = "Đài thử"   timezone = "Asia/Ho_Chi_Minh"   audio-dir = "." }
		output "ra" { sink = "dry-run"   rate = 48000   channels = 2 }
		output "tai-nghe" { sink = "file:$BATS_FILE_TMPDIR/ears.wav"   channels = 2   monitor = yes }
		zone "a" { name = "Cụm A"   output = "ra"   channel = 1 }
		zone "b" { name = "Cụm B"   output = "ra"   channel = 2 }
		campaign "dot" { title = "Đợt"   from = "1/7/2021"   until = "31/7/2021"
			directive "so" { number = "1704/STTTT"   issued = "1/7/2021" } }
		bulletin "tin" { title = "Tin sáng"   campaign = "dot"   audio = { "tin.wav" }   text = "tin.txt"
			approved-by = "Chủ tịch"   approved-on = "1/7/2021" }
		bulletin "bao" { title = "Bão"   audio = { "bao.wav" } }
		repeat "nhac" { play = { "tin" }   at = { "6h", "7h", "8h", "9h" } }
		emergency "bao" { play = { "bao" } }
	CONF
	cat >"$BATS_FILE_TMPDIR/script" <<-'SCRIPT'
		2021-07-14T05:00  duty "Trần Thị B" by "Lê C"
		2021-07-14T06:00:20  emergency bao by "Nguyễn Văn A"
		2021-07-14T06:30  off b by "Lê C" reason "loa hỏng"
		2021-07-14T07:30  power-off 1h
		2021-07-14T08:40  note 00001/nhac/20210714T080000+0700/1.tin/a "mất điện cả phường" by "Lê C"
		2021-07-14T08:50  hold a by "Lê C"
	SCRIPT
	"$BUILD/loaxa" dry-run "$station" --from 2021-07-14 --days 1 --script "$BATS_FILE_TMPDIR/script" --state "$state" \
		--store "$store" >/dev/null
}

show() {
	run --separate-stderr "$BUILD/loaxa" show "$@" --state "$state" --store "$store"
}

# fact LABEL: what stands behind it
fact() {
	sed -n "s/^$1  *//p" <<<"$output"
}

@test "a cut airing: its segments with frames and times, what cut it, people, hashes, its rows" {
	show 14/7/2021 6h00 a tin
	[ "$status" -eq 0 ]
	[[ ${lines[0]} == *REHEARSAL* ]]
	[ "$(fact id)" = 00001/nhac/20210714T060000+0700/1.tin/a ]
	[ "$(fact verdict)" = "✓ aired" ]
	[ "$(fact 'segment 1')" = "06:00:00 – 06:00:20, frames 0–960,000 — interrupted" ]
	[ "$(fact 'segment 2')" = "06:00:30 – 06:01:10, frames 960,000–2,880,000" ]
	[ "$(fact heard)" = "1:00 / 1:00 (2,880,000 / 2,880,000 frames at 48000 Hz)" ]
	[ "$(fact 'approved by')" = "Chủ tịch" ]
	[ "$(fact 'ordered by')" = "nobody: the schedule" ]
	[ "$(fact 'on duty')" = "Trần Thị B, since 05:00:00" ]
	[ "$(fact directives)" = 1704/STTTT ]
	[ "$(fact recording)" = "SHA-256 $(sha256sum <"$station/tin.wav" | cut -c -64)" ]
	[ "$(fact text)" = "SHA-256 $(sha256sum <"$station/tin.txt" | cut -c -64)" ]
	[[ $output == *"06:00:20  EMERGENCY bao (Nguyễn Văn A)"* ]]
	[[ $output == *"06:00:20  cut, frame 960,000: interrupted"* ]]
}

@test "an id, the beginning of one, and a time with a zone find the same" {
	show 00001/nhac/20210714T070000+0700/1.tin/a --json
	whole=$output
	[ "$status" -eq 0 ]
	show nhac/20210714T07 A --json
	[ "$status" -eq 1 ] # the zone in the id is another question than the zone beside a time
	show nhac/20210714T070000+0700/1.tin/a --json
	[ "$output" = "$whole" ]
	show 7h00 "cum a" --json
	[ "$output" = "$whole" ]
	show 14/7/2021T07:00:30 a --json
	[ "$output" = "$whole" ]
	show a 2021-07-14 7h tin --json
	[ "$output" = "$whole" ]
}

@test "several or none are not guessed" {
	show 14/7/2021 7h
	[ "$status" -eq 1 ]
	[ -z "$output" ]
	[[ $stderr == *"2 airings"*"07:00:00"*"a: ✓ aired"*"b: – not aired (zone off)"* ]]
	show 14/7/2021 12h a
	[ "$status" -eq 1 ]
	[[ $stderr == *"no airing of 14/7/2021"* ]]
	show 00001/nhac
	[ "$status" -eq 1 ]
	[[ $stderr == *"says no day"* ]]
	show tin
	[ "$status" -eq 2 ]
	show
	[ "$status" -eq 2 ]
}

@test "why something was not heard, and since when" {
	show 7h b
	[ "$(fact verdict)" = "– not aired: zone off" ]
	[ "$(fact 'zone off')" = "since 06:30:00: loa hỏng (Lê C)" ]
	[ "$(fact 'other zones')" = "✓ aired: Cụm A" ]
	show 8h a
	[ "$(fact verdict)" = "✗ missed: station off" ]
	[[ $output == *"absence 07:29:00 – 08:30:00: station off"* ]]
	[[ $output == *"Notes"*"mất điện cả phường (Lê C)"* ]]
	show 9h a
	[ "$(fact hold)" = "since 08:50:00 (Lê C)" ]
	show 6h00 b bao --json
	jq -e '.airing.operator == "Nguyễn Văn A" and .off == null and .rows[0].kind == "emergency" and .rows[0].why == "order"' <<<"$output"
	jq -e '.rows | map(.seq) == (map(.seq) | sort)' <<<"$output"
}

@test "what was aired is played in the studio, whatever its file is by now" {
	cp -r "$station" "$BATS_TEST_TMPDIR/station"
	ears=$BATS_TEST_TMPDIR/ears.wav
	sed -i "s|file:.*/ears.wav|file:$ears|" "$BATS_TEST_TMPDIR/station/station.conf"
	echo '2021-07-14T10:00 play bao by "A"' >"$BATS_TEST_TMPDIR/script"
	run "$BUILD/loaxa" dry-run "$BATS_TEST_TMPDIR/station" --from 2021-07-14 --days 1 \
		--script "$BATS_TEST_TMPDIR/script" --state "$BATS_TEST_TMPDIR/state" --store "$store"
	[ "$status" -eq 0 ]
	sox -q -n -r 48000 -b 16 "$BATS_TEST_TMPDIR/station/bao.wav" synth 1 sine 100 vol 0.3
	listen() {
		run --separate-stderr "$BUILD/loaxa" show 10h a --play --state "$BATS_TEST_TMPDIR/state" "$@"
	}
	listen --store "$store" --sink "file:$ears"
	[ "$status" -eq 0 ]
	[[ $output == *"verdict"*"Heard whole (0:10"* ]]
	[ "$(soxi -D "$ears" | cut -d. -f1)" -ge 10 ]
	rm "$ears"
	listen --store "$BATS_TEST_TMPDIR/other-store" --sink "file:$ears"
	[ "$status" -eq 1 ]
	[[ $stderr == *"SHA-256"*"is in the store no more"* ]]
	[ ! -e "$ears" ]
}
