# loaxa plan: the planned airings as JSON and as day sheets.
bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	dir=$BATS_TEST_TMPDIR/dai
	store=$BATS_TEST_TMPDIR/store
	mkdir -p "$dir"
	cat >"$dir/station.conf" <<-'END'
		station "22363" { name = "Đài thử"   timezone = "Asia/Ho_Chi_Minh" }
		output "ampli" { sink = "dry-run"   channels = 2 }
		zone "cum-1" { name = "Cụm loa 1"   output = "ampli" }
		zone "cum-2" { name = "Cụm loa 2"   output = "ampli"   channel = 2 }
		campaign "bz" { title = "Bluezone"   from = "1/7/2021"   until = "31/8/2021"   times-per-day = "2"   set-by = "UBND" }
		bulletin "tin" { title = "Tin trong ngày"   class = "relay"   campaign = "bz"   relay { source = "alsa:hw:1"   duration = "90s" } }
		bulletin "vov" { title = "Tiếp âm VOV1"   class = "relay"   priority = "priority"   relay { source = "alsa:hw:1"   duration = "25m" } }
		session "sang" { start = "5h30"   end = "6h30"   gap = "2s"   play = { "tin", "vov@6h00", "tin" } }
		repeat "trua" { at = { "11h15" }   play = { "tin" }   zones = { "cum-2" } }
	END
}

plan() { run --separate-stderr "$loaxa" plan --store "$store" "$dir" "$@"; }
sheet() { LANGUAGE=vi plan "$@"; }

@test "plan --json: one object an airing, by instant and zone" {
	plan --from 14/7/2021 --json
	[ "$status" -eq 0 ] || { echo "$stderr"; false; }
	[ "${#lines[@]}" -eq 7 ]
	[ "${lines[0]}" = '{"id":"22363/sang/20210714T053000+0700/1.tin/cum-1","planned":"2021-07-14T05:30:00.000+07:00","zone":"cum-1","bulletin":"tin","campaign":"bz","priority":"normal","class":"relay","duration_s":90.000,"from":"session:sang"}' ]
	[ "${lines[3]}" = '{"id":"22363/sang/20210714T053000+0700/2.vov/cum-2","planned":"2021-07-14T06:00:00.000+07:00","zone":"cum-2","bulletin":"vov","campaign":null,"priority":"priority","class":"relay","duration_s":1500.000,"from":"session:sang"}' ]
	[[ ${lines[5]} == *'"planned":"2021-07-14T06:25:02.000+07:00"'* ]]
	[[ ${lines[6]} == *'/trua/'*'"zone":"cum-2"'*'"from":"repeat:trua"}' ]]
}

@test "plan: the period has the airings of the evening before, and not those after it" {
	cat >>"$dir/station.conf" <<-'END'
		guard "g" { from = "2h"   to = "3h"   action = "refuse" }
		session "dem" { start = "23h59"   end = "0h30"   days = "T4"   play = { "tin", "tin" }   zones = { "cum-1" } }
	END
	plan --from 2021-07-15 --days 1 --json
	[ "$status" -eq 0 ] || { echo "$stderr"; false; }
	[[ ${lines[0]} == '{"id":"22363/dem/20210714T235900+0700/2.tin/cum-1","planned":"2021-07-15T00:00:30.000+07:00"'* ]]
	plan --from 2021-07-14 --json
	[[ ${lines[7]} == *'/dem/20210714T235900+0700/1.tin/'* ]]
	[ "${#lines[@]}" -eq 8 ]
	plan --from 2021-07-14 --days 2 --json
	[ "${#lines[@]}" -eq 16 ]
	sheet --from 2021-07-15
	[[ $output == *'23:59–00:30  Buổi phát "dem" · Cụm loa 1 · từ tối hôm trước'*'  00:00:30–00:02:00     1:30  Tin trong ngày'* ]] ||
		{ echo "$output"; false; }
}

@test "plan: a day sheet shows silence, pauses, zones and sums" {
	sheet --from 14/7/2021
	[ "$status" -eq 0 ] || { echo "$stderr"; false; }
	diff <(echo "$output") - <<-'END'
		BẢNG PHÁT — Đài thử — Thứ tư, 14/7/2021

		05:30–06:30  Buổi phát "sang" · 2 cụm loa
		  05:30:00–05:31:30     1:30  Tin trong ngày    tiếp âm
		  05:31:30–06:00:00    28:30  (im lặng)
		  06:00:00–06:25:00    25:00  Tiếp âm VOV1      tiếp âm  ưu tiên  đúng giờ
		  06:25:02–06:26:32     1:30  Tin trong ngày    tiếp âm

		             ⋮ 4 giờ 48 phút không phát

		11:15        Nhắc lại "trua" · Cụm loa 2
		  11:15:00–11:16:30     1:30  Tin trong ngày    tiếp âm

		Cộng trong ngày: 1 buổi phát · 1 lần nhắc lại · 4 lượt phát · 2 tin bài · 29 phút 30 giây
		Đợt "bz": 2 lần, 4 phút 30 giây — yêu cầu mỗi ngày ít nhất 2 lần: ✓ đạt
	END
}

@test "plan: a day sheet says who waits for whom and what is lost" {
	cat >>"$dir/station.conf" <<-'END'
		repeat "nhac" { at = { "5h31" }   play = { "vov" }   zones = { "cum-1" }   max-late = "5m" }
		repeat "xen" { at = { "6h10" }   play = { "tin" }   max-late = "5m" }
		exception "le" { dates = { "15/7/2021" }   skip = { "sang" }   suppress = { "relay" } }
	END
	sheet --from 14/7/2021
	[ "$status" -eq 0 ]
	[[ $output == *$'05:31        Nhắc lại "nhac" · Cụm loa 1\n             ! đến giờ khi "sang" còn đang phát'* ]]
	[[ $output == *$'\n                              ! chờ "sang": bắt đầu 05:31:30, trễ 0:30\n'* ]] || { echo "$output"; false; }
	[[ $output == *$'\n                              ✗ không phát được: "sang" chiếm cụm loa quá lâu\n'* ]] || { echo "$output"; false; }
	sheet --from 15/7/2021
	[[ $output == *$'\n– ngày ngoại lệ "le": không có "sang"\n– ngày ngoại lệ "le": "trua" bỏ "tin"\n'* ]] || { echo "$output"; false; }
	[[ $output == *"Ngày này không có gì trong lịch."* ]]
}

@test "plan: several days have a sheet each and a sum" {
	sheet --from 14/7/2021 --days 9
	[ "$status" -eq 0 ]
	[ "$(grep -c '^BẢNG PHÁT' <<<"$output")" -eq 9 ]
	[[ ${lines[-1]} == "Tổng cộng 9 ngày: 9 buổi phát · 9 lần nhắc lại · 36 lượt phát · 2 tin bài · 265 phút 30 giây" ]] ||
		{ echo "${lines[-1]}"; false; }
	plan --days 2
	[ "$status" -eq 0 ]
}

@test "plan: a schedule with errors gives nothing on stdout and exit 1" {
	echo 'session "khuya" { start = "3h15"   end = "3h30"   play = { "tin" } }' >>"$dir/station.conf"
	sheet --from 14/7/2021
	[ "$status" -eq 1 ]
	[ -z "$output" ]
	[[ $stderr == *'buổi "khuya" bắt đầu 03:15'*'có phải 05:15 không?'* ]] || { echo "$stderr"; false; }
	plan --json
	[ "$status" -eq 1 ]
	[ -z "$output" ]
}

@test "plan: wrong use exits 2" {
	for wrong in "--from 30/02/2021" "--from x" "--days 0" "--days x" "--nonsense" "--from"; do
		plan $wrong
		[ "$status" -eq 2 ] || { echo "$wrong: $status"; false; }
		[ -z "$output" ]
	done
	run --separate-stderr "$loaxa" plan a b
	[ "$status" -eq 2 ]
}
