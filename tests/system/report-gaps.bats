# loaxa report: what is missing — off periods, what was not aired, the logbook, the strip — from a rehearsal of four days in
# which each way of being off happens once.
bats_require_minimum_version 1.5.0

setup_file() {
	export BUILD=$(realpath "${BUILD:-build}") LANGUAGE=en
	export station=$BATS_FILE_TMPDIR/station state=$BATS_FILE_TMPDIR/state store=$BATS_FILE_TMPDIR/store
	mkdir "$station"
	sox -q -n -r 48000 -b 16 "$station/tin.wav" synth 60 sine 440 vol 0.3
	sox -q -n -r 48000 -b 16 "$station/bao.wav" synth 10 sine 900 vol 0.3
	cat >"$station/station.conf" <<-CONF
		station "00001" { name = "Đài thử"   timezone = "Asia/Ho_Chi_Minh"   audio-dir = "." }
		output "ra" { sink = "dry-run"   rate = 48000   channels = 3 }
		zone "a" { name = "Cụm A"   output = "ra"   channel = 1 }
		zone "b" { name = "Cụm B"   output = "ra"   channel = 2 }
		zone "c" { name = "Cụm C"   output = "ra"   channel = 3   on = no }
		exception "le" { dates = { "16/7/2021" }   skip = { "trua" } }
		campaign "dot" { title = "Đợt"   from = "1/7/2021"   until = "31/7/2021"   times-per-day = "3"
			directive "so" { number = "1704/STTTT"   issued = "1/7/2021" } }
		bulletin "tin" { title = "Tin sáng"   campaign = "dot"   audio = { "tin.wav" } }
		bulletin "nhac" { title = "Nhạc hiệu"   class = "signature"   audio = { "bao.wav" } }
		bulletin "bao" { title = "Bão"   audio = { "bao.wav" } }
		session "sang" { start = "6h"   end = "6h30"   play = { "nhac", "tin" } }
		repeat "trua" { play = { "tin" }   at = { "11h" } }
		repeat "chieu" { play = { "tin" }   at = { "17h", "18h" } }
		emergency "bao" { play = { "bao" } }
	CONF
	sed 's/on = no/on = yes/' "$station/station.conf" >"$BATS_FILE_TMPDIR/on.conf"
	mkdir "$BATS_FILE_TMPDIR/on"
	cp "$station"/*.wav "$BATS_FILE_TMPDIR/on"
	cp "$BATS_FILE_TMPDIR/on.conf" "$BATS_FILE_TMPDIR/on/station.conf"
	cat >"$BATS_FILE_TMPDIR/script" <<-SCRIPT
		2021-07-14T07:00  reload $BATS_FILE_TMPDIR/on
		2021-07-14T10:50  off b by "Lê C" reason "loa hỏng"
		2021-07-14T17:00:20  emergency bao by "Nguyễn Văn A"
		2021-07-15T10:00  on b by "Lê C"
		2021-07-15T10:30  hold a by "Lê C"
		2021-07-15T12:00  release a by "Lê C"
		2021-07-15T17:30  note 00001/chieu/20210715T180000+0700/1.tin/a "điện lực cắt điện" by "Lê C"
		2021-07-15T17:40  power-off 14h
		2021-07-16T16:30  lose ra
		2021-07-16T17:30  restore ra
		2021-07-17T05:00  duty "Trần Thị B" by "Lê C"
		2021-07-17T19:00  clock +2h
	SCRIPT
	"$BUILD/loaxa" dry-run "$station" --from 2021-07-14 --days 4 --script "$BATS_FILE_TMPDIR/script" --state "$state" \
		--store "$store" >/dev/null
}

# report OPTION…: as JSON, of the four days
report() {
	run --separate-stderr "$BUILD/loaxa" report --state "$state" --json "$@"
	[ "$status" -eq 0 ]
}

# off ZONE: its periods, a line each
off() {
	jq -r --arg z "$1" 'select(.kind == "zone" and .zone == $z).off[] | "\(.from[5:16]) \(.to[5:16]) \(.why)"' <<<"$output"
}

@test "each way of being off is an interval from a row to a row" {
	report --from 14/7/2021 --to 17/7/2021 --view zone
	[ "$(off a)" = "07-15T10:30 07-15T12:00 held (Lê C)
07-16T16:30 07-16T17:30 device \"ra\" gone" ]
	[ "$(off b)" = "07-14T10:50 07-15T10:00 loa hỏng (Lê C)
07-16T16:30 07-16T17:30 device \"ra\" gone" ]
	[ "$(off c)" = "07-14T00:00 07-14T07:00 switched off (by the schedule)
07-16T16:30 07-16T17:30 device \"ra\" gone" ]
	[ "$(jq 'select(.zone == "b").off_s' <<<"$output" | cut -d. -f1)" -eq $((23 * 3600 + 600 + 3600)) ]
	report --from 14/7/2021 --to 17/7/2021 --view unaired
	[ "$(jq -r 'select(.kind == "station-off") | "\(.from[5:16]) \(.to[5:16]) \(.why)"' <<<"$output")" = \
		"07-15T17:39 07-16T07:40 station off
07-17T19:00 07-17T21:00 clock set" ]
}

@test "a report clips them to its days" {
	report --from 15/7/2021 --to 15/7/2021 --view zone
	[ "$(off b)" = "07-15T00:00 07-15T10:00 loa hỏng (Lê C)" ]
	[ "$(off c)" = "" ]
	report --from 15/7/2021 --to 15/7/2021 --view unaired
	[ "$(jq -r 'select(.kind == "station-off") | .to[5:16]' <<<"$output")" = "07-16T00:00" ]
	report --from 13/7/2021 --to 14/7/2021 --view unaired
	[ "$(jq -r 'select(.kind == "station-off") | "\(.from[5:16]) \(.to[5:16]) \(.why)"' <<<"$output")" = \
		"07-13T00:00 07-14T00:00 nothing on record yet" ]
	[ "$(jq -r 'select(.kind == "report").from' <<<"$output")" = 2021-07-13 ]
}

@test "what was not aired: zones that fared alike in one line, with what people wrote; not what the others heard" {
	report --from 14/7/2021 --to 17/7/2021 --view unaired
	[ "$(jq -r 'select(.kind == "unaired") | "\(.planned[5:16]) \(.title): \(.zones): \(.state) \(.reason) \(.note)"' <<<"$output")" = \
		"07-15T11:00 Tin sáng: Cụm A: skipped held null
07-15T18:00 Tin sáng: all 3 zones: missed station-off note: điện lực cắt điện (Lê C)
07-16T06:00 Tin sáng: all 3 zones: missed station-off null
07-16T17:00 Tin sáng: all 3 zones: failed device-lost null" ]
}

@test "the logbook has a line an item, the lần of its campaign, and the worst of its zones" {
	report --from 14/7/2021 --to 15/7/2021 --view logbook
	[ "$(jq -r 'select(.kind == "entry") | "\(.planned[5:16]) \(.title) \(.nth) \(.state)"' <<<"$output")" = \
		"07-14T06:00 Nhạc hiệu 0 aired
07-14T06:00 Tin sáng 1 aired
07-14T11:00 Tin sáng 2 aired
07-14T17:00 Tin sáng 3 aired
07-14T17:00 Bão 0 aired
07-14T18:00 Tin sáng 4 aired
07-15T06:00 Nhạc hiệu 0 aired
07-15T06:00 Tin sáng 1 aired
07-15T11:00 Tin sáng 0 skipped
07-15T17:00 Tin sáng 2 aired
07-15T18:00 Tin sáng 0 missed" ]
	[ "$(jq -r 'select(.kind == "entry" and .planned[5:16] == "07-15T11:00").note' <<<"$output")" = "Cụm B: aired; Cụm C: aired" ]
	[ "$(jq -r 'select(.kind == "entry" and .title == "Bão").operator' <<<"$output")" = "Nguyễn Văn A" ]
	run "$BUILD/loaxa" report --state "$state" --from 17/7/2021 --to 17/7/2021 --view logbook
	[[ $output == *"On duty: Trần Thị B"* ]]
}

@test "the strip: an hour a sign, that needs no colour; for a screen reader in words" {
	report --from 13/7/2021 --to 17/7/2021 --view strip
	strip() { jq -r --arg d "$1" 'select(.kind == "hours" and .day == $d).hours[5:22] | map(.[0:2]) | join(" ")' <<<"$output"; }
	[ "$(strip 2021-07-13)" = "of of of of of of of of of of of of of of of of of" ]
	[ "$(strip 2021-07-14)" = "no ai no no no no ai no no no no no em ai no no no" ]
	[ "$(strip 2021-07-15)" = "no ai no no no no pa no no no no no ai mi of of of" ]
	[ "$(strip 2021-07-16)" = "of mi of no no no ex no no no no no mi ai no no no" ]
	[ "$(strip 2021-07-17)" = "no ai no no no no ai no no no no no ai ai of of no" ]
	run "$BUILD/loaxa" report --state "$state" --from 14/7/2021 --to 16/7/2021 --view strip
	[[ $output == *"14/7 Wed · · · · · · ● · · · · ● · · · · · ! ● · · · · ·"* ]]
	[[ $output == *"16/7 Fri – – – – – – × – · · · ○ · · · · · × ● · · · · ·"* ]]
	[[ $output == *"● aired"*"○ excused"* ]]
	LOAXA_PLAIN=1 run "$BUILD/loaxa" report --state "$state" --from 16/7/2021 --to 16/7/2021 --view strip
	[[ $output == *"16/7 Fri: aired 18; not aired 6, 17; station or zones off 0, 1, 2, 3, 4, 5, 7; excused 11"* ]]
}
