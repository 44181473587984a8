# loaxa letter: the five letters of the samples, answered from a file as an operator would at 16:00.
bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	mkdir -p "$BATS_TEST_TMPDIR/schedules"
	cp -r schedules/*/ "$BATS_TEST_TMPDIR/schedules/"
	cp -r audio "$BATS_TEST_TMPDIR/audio"
	cd "$BATS_TEST_TMPDIR"
	[[ $loaxa = /* ]] || loaxa=$OLDPWD/$loaxa
	before=$OLDPWD
	export LANGUAGE=en
	sox -q -n -r 22050 -b 16 "Tin mới (1).wav" synth 20 pinknoise vol 0.3
}

teardown() {
	[ -z "${controller:-}" ] || kill -9 "$controller" 2>/dev/null || true
}

# letter STATION TODAY ANSWER…
letter() {
	printf '%s\n' "${@:3}" >answers
	run "$loaxa" letter "schedules/$1" --today "$2" --answers answers
}

sections() { # of the files, without comments: what was put in
	diff -r "$before/schedules/$1" "schedules/$1" | sed -n 's/^> *//p' | tr -d '\t'
}

as_before() {
	diff -r "$before/schedules" schedules --exclude ngay-le.conf && diff -r "$before/audio" audio
}

@test "1704: a letter for what airs already joins its campaign, nothing is put anywhere" {
	letter loc-tho 14/7/2021 '1705/STTTT-TTBCXB' 'Sở Thông tin và Truyền thông tỉnh Khánh Hòa' 13/7 '' '' 16h05 bz-cai-dat \
		'15/7 - 31/8' 3 co
	[ "$status" -eq 0 ]
	[[ $output == *'Aired already: 3 times a day.'* && $output != *'It goes here'* && $output != *'10/10'* ]]
	[ "$(sections loc-tho)" = 'directive "1705-stttt-ttbcxb" {
number = "1705/STTTT-TTBCXB"
issued = "13/7/2021"
issuer = "Sở Thông tin và Truyền thông tỉnh Khánh Hòa"
urgency = "thuong"
from = "15/7/2021"
received = "14/7/2021 16:05"
}' ]
	"$loaxa" check schedules/loc-tho
}

@test "a campaign that has begun is not asked for more afterwards, one to come is" {
	letter loc-tho 13/7/2021 '1/A' B 12/7 '' '' '' bz-giu-bat '14/7 - 15/9/2021' 4 co
	[ "$status" -eq 0 ]
	[[ $output == *'Campaign "bluezone" goes on requiring 3 times a day'*'4 to 5 times a day, 64 days = '*' times; last day 15/9/2021.'* ]]
	[[ $(sections loc-tho) == *'until = "15/9/2021"'*'at = { "08:30", "14:15" }'* && $(sections loc-tho) != *times-per-day* ]]
	letter tan-hung 16/8/2020 '1/A' B 12/8 '' '' '' phu-huynh '18/8 - 31/8/2020' '3-4' co
	[ "$status" -eq 0 ]
	[[ $(sections tan-hung) == *'times-per-day = "3..4"'* ]]
}

@test "3 to 5 times a day: two sessions and a time of its own, approved, bound, counted to the last day" {
	letter loc-tho 13/7/2021 '544/UBND' 'UBND tỉnh' 12/7 'V/v "vệ sinh" {môi trường}' '' '' 'Tin mới (1).wav' '14/7 - 31/8/2021' \
		'3–5 lần' 'Chủ tịch UBND phường; phiếu duyệt số 12' co
	[ "$status" -eq 0 ]
	[ "${lines[-1]}" = 'First airing 05:33:38 on 14/7/2021; 3 times × 49 days = 147 times; last day 31/8/2021.' ]
	[[ $output == *'thêm'*'Tin mới (1)'* || $output == *'+ '*'Tin mới (1)'* ]]
	local all
	all=$(sections loc-tho)
	[[ $all == *'times-per-day = "3..5"'* ]]
	[[ $all == *'subject = "V/v \"vệ sinh\" {môi trường}"'* ]]
	[[ $all == *'"bz-vi-sao", "so-lieu", "bz-cai-dat", "tin-moi-1",'* ]]
	[[ $all == *'approved-by = "Chủ tịch UBND phường"'*'approved-on = "13/7/2021"'*'approved-via = "phiếu duyệt số 12"'* ]]
	[[ $all == *"sha256 = { \"$(sha256sum <audio/tin-moi-1.wav | cut -d' ' -f1)\" }"* ]]
	[ "$(diff -r "$before/schedules/loc-tho" schedules/loc-tho | grep -c '^<')" -eq 2 ]
	"$loaxa" check schedules/loc-tho
	[ "$("$loaxa" plan schedules/loc-tho --from 31/8/2021 --json | jq -r 'select(.bulletin == "tin-moi-1" and .zone == "cum-1") | .planned' |
		cut -c12-16 | tr '\n' ' ')" = '05:33 11:00 17:02 ' ]
	[ -z "$("$loaxa" plan schedules/loc-tho --from 1/9/2021 --days 5 --json | grep tin-moi-1)" ]
}

@test "no number, a Sunday, twice a day: named by its date" {
	letter dien-my 02/8/2020 '' 'Ban Thường trực Ủy ban MTTQ tỉnh Hà Tĩnh' '' '' '' '' 'Tin mới (1).wav' '03/8 - 31/8/2020' 2 '-' co
	[ "$status" -eq 0 ]
	[[ $(sections dien-my) == *'campaign "vb-2020-08-02" {'*'number = ""'* ]]
	[[ $output == *'2 times × 29 days = 58 times; last day 31/8/2020'* ]]
	[[ $output == *'Will NOT air before it is approved: loaxa approve tin-moi-1'* ]]
}

@test "KHẨN is the paper's, not the sound's" {
	letter hoa-my-dong 10/8/2020 '4146/UBND-KGVX' 'UBND tỉnh Phú Yên' 10/8 '' 'KHẨN' '' 'Tin mới (1).wav' '11/8 - 31/8/2020' 2 \
		'Chủ tịch UBND xã' q
	[ "$status" -eq 1 ]
	[[ $output == *'entered already, in campaign "ncovi-bluezone"'* ]]
	letter hoa-my-dong 10/8/2020 '4147/UBND-KGVX' 'UBND tỉnh Phú Yên' 10/8 '' 'KHẨN' '' 'Tin mới (1).wav' '11/8 - 31/8/2020' 2 \
		'Chủ tịch UBND xã' co
	[ "$status" -eq 0 ]
	[[ $(sections hoa-my-dong) == *'urgency = "khan"'* ]]
	! grep -q 'priority = "priority"' <(sections hoa-my-dong) || false
}

@test "HỎA TỐC, sessions of another language are passed over" {
	letter tan-hung 17/8/2020 '1707/SGDĐT-VP' 'Sở GDĐT' 17/8 '' 'hỏa tốc' '' 'Tin mới (1).wav' '18/8 - 31/8/2020' 3 'Chủ tịch UBND xã' co
	[ "$status" -eq 0 ]
	[[ $output == *'session "sang" at 05:'*'session "chieu" at 16:'*' by itself'* && $output != *'session "sang-khmer"'* ]]
	[[ $(sections tan-hung) == *'campaign "1707-sgddt-vp"'*'urgency = "hoa-toc"'* ]]
}

@test "places by name: just there" {
	letter loc-tho 13/7/2021 '1/A' B 12/7 '' '' '' 'Tin mới (1).wav' '30 ngày' 'chieu 18h30' 'Chủ tịch' co
	[ "$status" -eq 0 ]
	[[ $output == *'First airing 17:02:11 on 14/7/2021; 2 times × 30 days = 60 times; last day 12/8/2021.'* ]]
}

@test "what does not fit is said at once, and can be answered otherwise" {
	letter loc-tho 13/7/2021 '1/A' B 12/7 '' '' '' 'Tin mới (1).wav' '30 ngày' '23h' 'sang 2h' 18h30 'Chủ tịch' co
	[ "$status" -eq 0 ]
	[[ $output == *'23h'*'quiet hours'*'sang 2h'*'quiet hours'*'at 18:30, by itself'* ]]
	[[ ${lines[-1]} == *'1 times × 30 days'* ]]
	[[ $(sections loc-tho) != *'"bz-cai-dat", "tin-moi-1"'* ]]
	[ "$(sections loc-tho | grep -c '^campaign "')" -eq 1 ]
}

@test "back to any question, the answer before is the proposal" {
	letter loc-tho 13/7/2021 '<' '1/A' B 12/7 '<' '<' 'C' '' 'V/v đến' '' '' bz-cai-dat '<' 'Tin mới (1).wav' '<' '' '30 ngày' 1 '<' 2 \
		'<' '' 'Chủ tịch B; giấy 1' co
	[ "$status" -eq 0 ]
	local all
	all=$(sections loc-tho)
	[[ $all == *'issued = "12/7/2021"'*'issuer = "C"'*'subject = "V/v đến"'*'approved-by = "Chủ tịch B"'*'approved-via = "giấy 1"'* ]]
	[ "$(grep -c '^campaign "' <<<"$all")" -eq 1 ]
	[ "$(grep -c '"tin-moi-1"' <<<"$all")" -eq 3 ]
	[[ ${lines[-1]} == *'2 times × 30 days'* ]]
}

@test "a no at the end asks for the places once more" {
	letter loc-tho 13/7/2021 '1/A' B 12/7 '' '' '' 'Tin mới (1).wav' '30 ngày' 1 'Chủ tịch' khong 18h30 '' co
	[ "$status" -eq 0 ]
	[[ ${lines[-1]} == 'First airing 18:30 on 14/7/2021; 1 times × 30 days = 30 times; last day 12/8/2021.' ]]
	[ "$(sections loc-tho | grep -c approved-by)" -eq 1 ]
	[[ $(sections loc-tho) != *'"bz-cai-dat", "tin-moi-1"'* ]]
}

@test "heard in the studio before it is approved" {
	letter loc-tho 13/7/2021 '1/A' B 12/7 '' '' '' 'Tin mới (1).wav' '30 ngày' 1 nghe 'Chủ tịch' q
	# this sample has no monitor: listen says so itself
	[[ $output == *'monitor'*'Now the approval'*'Approved by Chủ tịch.'* ]]
	as_before
}

@test "left at any question, nothing stays behind" {
	local all=('1/A' B 12/7 '' '' '' 'Tin mới (1).wav' '30 ngày' 2 'Chủ tịch') i
	for i in {0..10}; do
		letter loc-tho 13/7/2021 "${all[@]:0:$i}" q
		[ "$status" -eq 1 ]
		[ "${lines[-1]}" = 'Nothing was written; everything is as it was.' ]
		as_before
	done
	letter loc-tho 13/7/2021 "${all[@]}" khong
	as_before
	letter loc-tho 13/7/2021 "${all[@]}"
	as_before
}

@test "a wrong answer is asked again, in words" {
	letter loc-tho 13/7/2021 '1/A' '' 14/7/2021 31/13 12/7 '' gap khan chieu 9h nothing.wav nhac-nen "$PWD/answers" 'Tin mới (1).wav' \
		'1/7 - 5/7' '1/9 - 1/8' '30 ngày' nhieu 2 'Chủ tịch' q
	[[ $output == *'is a day to come'*'"31/13" is no date'*'"gap" is no urgency'*'"chieu" is no time'*'neither a file nor'*'is no announcement'* ]]
	[[ $output == *'is over'*'is no span'*'"nhieu" is no number of times'*'Nothing was written'* ]]
	as_before
}

@test "a recording of the station again: its bulletin is taken, and stays where they leave" {
	letter loc-tho 13/7/2021 '1/A' B 12/7 '' '' '' audio/bluezone-giu-bat.opus q
	[[ $output == *'the recording of bulletin "bz-giu-bat" already'* ]]
	as_before
}

@test "a text is read aloud by the machine, and kept beside the sound" {
	command -v espeak-ng >/dev/null || skip "no voice is installed"
	printf 'Kính thưa bà con, ngày 31/8 tiêm phòng tại trạm y tế.\r\n' >'Tiêm phòng.txt'
	letter loc-tho 13/7/2021 '1/A' B 12/7 '' '' '' 'Tiêm phòng.txt' '30 ngày' 2 'Chủ tịch' q
	as_before
	letter loc-tho 13/7/2021 '1/A' B 12/7 '' '' '' 'Tiêm phòng.txt' '30 ngày' 2 'Chủ tịch' co
	[ "$status" -eq 0 ]
	local all
	all=$(sections loc-tho)
	[[ $all == *'title = "Tiêm phòng"'*'text = "'* ]]
	[ "$(cat "audio/$(sed -n 's/^text = "\(.*\)"/\1/p' <<<"$all")")" = 'Kính thưa bà con, ngày 31/8 tiêm phòng tại trạm y tế.' ]
	printf '\0\0' >trang.txt
	letter loc-tho 13/7/2021 '1/B' B 12/7 '' '' '' trang.txt q
	[[ ${lines[-1]} == 'Nothing was written'* ]]
}

@test "a folder or a stick is listed, a number of the list is the recording" {
	mkdir -p usb/trong "usb/thư mục"
	mv "Tin mới (1).wav" "usb/thư mục/"
	echo 'Kính thưa bà con.' >"usb/thư mục/Tin mới (1).txt"
	letter loc-tho 13/7/2021 '1/A' B 12/7 '' '' '' 1 usb/trong usb 2 1 '30 ngày' 2 'Chủ tịch' co
	[ "$status" -eq 0 ]
	[[ $output == *'"1" is neither a file'*'no recording in usb/trong'*'Tin mới (1).wav'*'write its number'*'"2" is neither'*'Taken in: tin-moi-1.wav'* ]]
	[[ $(sections loc-tho) == *'text = "tin-moi-1.txt"'* ]]
	cmp audio/tin-moi-1.wav "usb/thư mục/Tin mới (1).wav"
}

# conversing QUESTION ANSWER…: a letter in the background, its answers from file descriptor 4, until QUESTION stands there.
conversing() {
	local i question=$1
	rm -f pipe out
	mkfifo pipe
	"$loaxa" letter schedules/loc-tho --today 13/7/2021 <pipe >out 2>&1 3>&- &
	talking=$!
	exec 4>pipe
	printf '%s\n' "${@:2}" >&4
	for ((i = 0; i < 400; i++)); do
		grep -q "$question" out && return 0
		sleep 0.05
	done
	return 1
}

@test "files that somebody else changed meanwhile are not overwritten" {
	conversing 'Write the files' '1/A' B 12/7 '' '' '' 'Tin mới (1).wav' '30 ngày' 2 'Chủ tịch'
	echo '# mine' >>schedules/loc-tho/40-lich.conf
	echo co >&4
	exec 4>&-
	! wait "$talking" || false
	grep 'changed by somebody else' out
	[ "$(sections loc-tho)" = '# mine' ]
	diff -r "$before/audio" audio
}

@test "Ctrl-C, a line that is lost and a kill leave as q does" {
	local signal
	for signal in INT HUP TERM; do
		conversing '8/10' '1/A' B 12/7 '' '' '' 'Tin mới (1).wav'
		[ -e audio/tin-moi-1.wav ]
		kill "-$signal" "$talking"
		! wait "$talking" || false
		exec 4>&-
		[ "$(tail -1 out)" = 'Nothing was written; everything is as it was.' ]
		as_before
	done
}

@test "a running station: written, applied, journalled" {
	. "$before/tests/system/near-station.bash"
	station=$BATS_TEST_TMPDIR/station state=$BATS_TEST_TMPDIR/state store=$BATS_TEST_TMPDIR/store
	NEAR_MINUTES=3 near_station "$station"
	sox -q -n -r 22050 -b 16 tin.wav synth 5 pinknoise vol 0.3
	printf '%s\n' '' B '' '' '' '' tin.wav '30 ngày' "$(local_time '+6 hours' +%H:%M)" khong >answers
	run_start
	run -1 "$loaxa" letter --state "$state" --store "$store" --answers answers
	[ "$(find "$state/accepted" -name station.conf | wc -l)" -eq 1 ]
	sed -i 's/khong/co/' answers
	run "$loaxa" letter --state "$state" --store "$store" --answers answers --by 'Trần Thị B'
	[ "$status" -eq 0 ]
	[[ ${lines[-1]} == *'1 times × 30 days = 30 times'* ]]
	[ "$(find "$state/accepted" -name station.conf | wc -l)" -eq 2 ]
	"$loaxa" log --state "$state" --events --json | jq -e -s 'any(.[]; .kind == "reload" and .body.by == "Trần Thị B")'
	run_stop
	run "$loaxa" letter "$station" --state "$state" --store "$store" --answers answers
	[ "$status" -eq 1 ]
	[[ $output == *'NOT applied yet: the controller does not run'* ]]
}

@test "who may not write there is told before the first question" {
	chmod a-w schedules/loc-tho
	[ ! -w schedules/loc-tho ] || skip "this user may write everywhere"
	letter loc-tho 13/7/2021 '1/A'
	[ "$status" -eq 1 ]
	[[ $output == *'cannot be written by this user'* && $output != *'1/10'* ]]
	chmod u+w schedules/loc-tho
}

@test "usage" {
	run -2 "$loaxa" letter a b
	run -2 "$loaxa" letter schedules/loc-tho --answers /nonexistent
	run -2 "$loaxa" letter schedules/loc-tho --today yesterday </dev/null
}
