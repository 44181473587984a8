# loaxa approve: what is bound, what is kept of the files, and what a change afterwards does to the airings.
bats_require_minimum_version 1.5.0

setup() {
	loaxa=$(realpath "${BUILD:-build}/loaxa")
	cd "$BATS_TEST_TMPDIR" || return 1
	. "$BATS_TEST_DIRNAME/near-station.bash"
	station=$BATS_TEST_TMPDIR/st state=$BATS_TEST_TMPDIR/state store=$BATS_TEST_TMPDIR/store
	export LANGUAGE=en
	controller=
	mkdir st
	cat >st/10-dai.conf <<-'CONF'
		station "00001" { name = "Đài thử"   timezone = "Asia/Ho_Chi_Minh"   audio-dir = "."   approval = yes }
		output "ra" { sink = "dry-run"   rate = 8000   channels = 1 }
		zone "a" { name = "Cụm A"   output = "ra" }
		guard "xa" { from = "3h" to = "4h" action = "refuse" }
	CONF
	cat >st/20-tin.conf <<-'CONF'
		# tin bài của phường
		bulletin "tin" {   # lời chào
			title = "Tin thử"   audio = { "tin.wav", "bao.wav" }   text = "tin.txt"   # có chữ
			until = "31/12/2030"
		}
		bulletin "bao" { title = "Bão" audio = { "bao.wav" } }
		emergency "bao" { play = { "bao" } }
		repeat "x" { play = { "tin" } at = { "11h" } from = "14/7/2021" until = "20/7/2021" }
	CONF
	sox -q -n -r 8000 -b 16 st/tin.wav synth 1 sine 440 vol 0.5
	sox -q -n -r 8000 -b 16 st/bao.wav synth 1 sine 330 vol 0.5
	echo 'Kính thưa bà con' >st/tin.txt
}

teardown() {
	[ -z "${controller:-}" ] || run_stop
}

approve() {
	run --separate-stderr "$loaxa" approve "$@" --state "$state" --store "$store" "$station" </dev/null
}

dry() {
	"$loaxa" dry-run st --from 2021-07-14 --days 1 --state dry --store "$store" >/dev/null 2>&1
	"$loaxa" log --state dry --json | jq -r '[.bulletin, .state, .reason // "-", .approved_by] | join(" ")'
}

live() {
	"$loaxa" "$@" --state "$state"
}

sum() {
	sha256sum "st/$1" | cut -c1-64
}

@test "approver, paper, day, typist and the hashes of sound and text stand in the file; the rest of it stays" {
	cp st/20-tin.conf before.conf
	approve tin bao --by "Chủ tịch UBND phường" --via "phiếu duyệt số 12" --on 14/7/2021 --typed-by "Văn thư"
	[ "$status" -eq 0 ]
	[[ $output == *'Approved: "Tin thử" (tin) — Chủ tịch UBND phường, phiếu duyệt số 12, 14/7/2021'* ]]
	[[ $output == *'Approved: "Bão" (bao)'*'it has no text'* ]]
	grep -q 'approved-by = "Chủ tịch UBND phường"' st/20-tin.conf
	grep -q 'approved-on = "14/7/2021"' st/20-tin.conf
	grep -q 'approved-via = "phiếu duyệt số 12"' st/20-tin.conf
	grep -qE 'approved-typed-by = "Văn thư \([a-z0-9_-]+\), [0-9/]+ [0-9:]+"' st/20-tin.conf
	grep -qF "sha256 = { \"$(sum tin.wav)\", \"$(sum bao.wav)\" }" st/20-tin.conf
	grep -qF "text-sha256 = \"$(sum tin.txt)\"" st/20-tin.conf
	# nothing that stood there has gone
	[ -z "$(diff before.conf st/20-tin.conf | grep '^<' | grep -v 'bulletin "bao"')" ]
	run "$loaxa" check st --store "$store"
	[ "$status" -eq 0 ]
	[[ $output != *file-changed* && $output != *"not approved"* ]]
}

@test "sound or text of another hash: check warns, the airings fail, until it is approved anew" {
	[ "$(dry)" = "" ] # its emergency is not approved: no schedule
	approve tin bao --by "Chủ tịch"
	[ "$(dry)" = "tin aired - Chủ tịch" ]
	echo 'Kính thưa' >st/tin.txt
	run "$loaxa" check st --store "$store" --json
	[ "$(grep -c file-changed <<<"$output")" -eq 1 ]
	[ "$(dry)" = "tin failed file-changed Chủ tịch" ]
	approve tin --by "Phó Chủ tịch"
	[ "$(dry)" = "tin aired - Phó Chủ tịch" ]
	sox -q -n -r 8000 -b 16 st/tin.wav synth 1 sine 350 vol 0.5
	run "$loaxa" check st --store "$store" --json
	[ "$(grep -c file-changed <<<"$output")" -eq 1 ]
	[ "$(dry)" = "tin failed file-changed Phó Chủ tịch" ]
	approve tin bao --by "Chủ tịch"
	[ "$(dry)" = "tin aired - Chủ tịch" ]
	# another list of recordings, an emergency's recording: refused, or not aired, and mended by the same word
	sed -i 's/"tin.wav", "bao.wav" }/"tin.wav" }/' st/20-tin.conf
	[ "$(dry)" = "tin failed file-changed Chủ tịch" ]
	sed -i '/text = "tin.txt"/s/text = "tin.txt"//' st/20-tin.conf
	approve tin --by "Chủ tịch"
	[ "$(dry)" = "tin aired - Chủ tịch" ]
	sox -q -n -r 8000 -b 16 st/bao.wav synth 1 sine 360 vol 0.5
	run "$loaxa" check st --store "$store"
	[ "$status" -eq 1 ]
	[[ $output == *'emergency "bao" airs "bao", whose recording "bao.wav" is not the approved one'* ]]
	approve bao --by "Chủ tịch"
	[ "$(dry)" = "tin aired - Chủ tịch" ]
	# an approval without paper has no paper, and is no longer of the day before
	run grep -c approved-via st/20-tin.conf
	[ "$output" = 0 ]
}

@test "nothing is approved that nobody can have heard or read; all or none; nothing is written" {
	cp st/20-tin.conf before.conf
	refused() {
		local part=$1
		shift
		approve "$@"
		[ "$status" -ne 0 ] && [[ $stderr == *"$part"* ]] && cmp before.conf st/20-tin.conf && return 0
		echo "$*: exit $status: $output $stderr"
		return 1
	}
	refused '"tin" perhaps' bao tinn --by X
	refused 'there is no bulletin "zzzzzz"' tin zzzzzz --by X
	refused '--by is empty' tin --by ''
	refused 'cannot stand in a schedule file' tin --by $'X\nY'
	refused 'cannot stand in a schedule file' tin --by X --via '${HOME}'
	refused 'longer than 200' tin --by "$(printf 'x%.0s' {1..201})"
	refused 'is no date' tin --by X --on 31/2/2021
	refused 'is a day to come' tin --by X --on 31/12/2099
	refused usage: tin
	rm st/tin.txt
	refused 'nobody can have read it' bao tin --by X
	echo x >st/tin.txt
	rm st/tin.wav
	refused 'nobody can have heard it' bao tin --by X
}

@test "a station that asks for no approval keeps it all the same" {
	sed -i 's/approval = yes/approval = no/' st/10-dai.conf
	approve tin --by "Chủ tịch"
	[ "$status" -eq 0 ]
	[[ $output == *"(approval = no)"* ]]
	echo khác >st/tin.txt
	[ "$(dry)" = "tin failed file-changed Chủ tịch" ]
}

@test "where only the approval is new it is in force at once, and journalled; else it waits for reload" {
	approve bao --by "Chủ tịch"
	[[ $output == *"not running"* ]]
	run_start
	approve tin --by "Chủ tịch" --via "phiếu 7"
	[[ $output == *"In force now."* ]]
	echo '# còn sửa' >>st/20-tin.conf
	approve bao --by "Phó Chủ tịch"
	[ "$status" -eq 0 ]
	[[ $output == *"other changes wait"*"loaxa reload"* ]]
	run_stop
	run live log --events --json
	[ "$(grep -c '"kind":"approved"' <<<"$output")" -eq 2 ] # bao with the first schedule of all
	[[ $output == *'"kind":"approved","airing":null,"body":{"bulletin":"tin","title":"Tin thử","approved_by":"Chủ tịch","approved_via":"phiếu 7"'*"$(sum tin.wav)"*"\"text_sha256\":\"$(sum tin.txt)\""* ]]
}

@test "while it runs: a changed text fails its airings with a fault in the status; approved anew it airs again" {
	rm -r st
	near_station "$station"
	sed -i 's/audio-dir = "."/audio-dir = "."   approval = yes/; s/audio = { "ngan.wav" }/& text = "ngan.txt"/' st/station.conf
	echo 'Bà con chú ý' >st/ngan.txt
	approve ngan --by "Chủ tịch"
	[ "$status" -eq 0 ]
	run_start
	verdict() {
		live log --json | jq -e -s "any(.[]; .bulletin == \"ngan\" and $1)" >/dev/null
	}
	eventually verdict '.state == "aired" and .approved_by == "Chủ tịch"'
	echo 'Bà con đừng chú ý' >st/ngan.txt
	eventually verdict '.reason == "file-changed"'
	run live status --json
	[[ $output == *'"changed:ngan.txt"'*'loaxa approve ngan'* ]]
	# an emergency with the same recording passes
	live emergency gap --yes
	eventually verdict '.kind == "emergency" and .state == "aired"'
	approve ngan --by "Phó Chủ tịch"
	[[ $output == *"In force now."* ]]
	eventually verdict '.state == "aired" and .approved_by == "Phó Chủ tịch"'
	run live status --json
	[[ $output != *'changed:'* ]]
	run_stop
	[ "$ended" -eq 0 ]
}

@test "at a terminal it can be heard first, and left" {
	script -qec true /dev/null </dev/null >/dev/null 2>&1 || skip "no pseudo-terminal can be had here"
	cp st/20-tin.conf before.conf
	typed() {
		printf "$1" | script -qec "$loaxa approve tin --by 'Chủ tịch' ${*:2} --state $state --store $store st" /dev/null
	}
	run typed 'nghe\nq\n'
	[[ $output == *"tin.txt:"*"Kính thưa bà con"*"Not played: the station has no monitor"* ]]
	[[ $output == *"Left: nothing was approved"* ]]
	cmp before.conf st/20-tin.conf
	run typed 'nghe\n\n' --sink "file:$PWD/nghe.wav"
	[[ $output == *"Heard whole"*'Approved: "Tin thử"'* ]]
	[ -s nghe.wav ]
	run typed '\n'
	[[ $output == *'Approved: "Tin thử"'* ]]
}
