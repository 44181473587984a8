#!/usr/bin/env bats
# The sample stations, the demo and the installed tree, as a newcomer meets them.

stations="loc-tho hoa-my-dong tan-hung dien-my"

setup() {
	cd "$BATS_TEST_DIRNAME/../.." || return 1
	loaxa=$BUILD/loaxa
	store=build/store    # of the tree, whatever is tested: recordings are prepared once
}

@test "every sample station is accepted, with no warning that its files do not explain" {
	for s in $stations; do
		run "$loaxa" check schedules/$s --store "$store" --json
		[ "$status" -eq 0 ] || { echo "$s: $output"; return 1; }
		# the line above a warned line says why it stays
		while read -r file line; do
			[[ $(sed -n "$((line - 1))p" "$file") == "#"* ]] || { echo "$s: $file:$line: $output"; return 1; }
		done < <(grep '^{' <<<"$output" | jq -r '"\(.file) \(.line)"')
	done
}

@test "no campaign of 2020-21 is planned after it ended" {
	for s in $stations; do
		"$loaxa" plan schedules/$s --from 2021-09-01 --days 366 --json >"$BATS_TEST_TMPDIR/plan"
		[ "$(jq -r 'select(.campaign) | .id' "$BATS_TEST_TMPDIR/plan")" = "" ]
	done
}

@test "each campaign gets its times a day in the plan" {
	# station, a day, required times: firings with a bulletin of the campaign
	while read -r s day least most; do
		n=$("$loaxa" plan schedules/$s --from $day --days 1 --json | jq -r 'select(.campaign) | .id | split("/")[1:3] | join("/")' | sort -u | wc -l)
		[ "$n" -ge $least ] && [ "$n" -le $most ] || { echo "$s $day: $n"; return 1; }
	done <<-E
		loc-tho 2021-07-14 3 3
		hoa-my-dong 2020-08-11 2 4
		hoa-my-dong 2020-08-31 2 4
		tan-hung 2020-08-18 2 4
		dien-my 2020-08-02 2 3
	E
}

@test "national mourning takes music and signature away, announcements stay" {
	for s in hoa-my-dong dien-my; do
		classes=$("$loaxa" plan schedules/$s --from 2020-08-14 --days 2 --json | jq -r .class | sort -u | tr '\n' ' ')
		[[ $classes == *announcement* && $classes != *music* && $classes != *signature* ]]
	done
}

@test "texts ask and never command, name no look-alike address, and every recording has its file" {
	run grep -lE 'bắt buộc|http' audio/*.txt
	[ "$status" -eq 1 ]
	[ "$(grep -ohE '[a-z]+\.gov\.vn' audio/*.txt | sort -u)" = bluezone.gov.vn ]
	grep -vE '^(#|$)' audio/recordings.list | while read -r name text _; do
		[ -s audio/$name.opus ] && [ -s audio/$text.txt ] || { echo "$name"; return 1; }
	done
	[ "$(cat audio/*.opus | wc -c)" -lt 3000000 ]
}

@test "make install puts the program, its language and its manual where they belong" {
	make -s BUILD="$BUILD" install PREFIX=/usr DESTDIR="$BATS_TEST_TMPDIR/root"
	root=$BATS_TEST_TMPDIR/root/usr
	[ -x "$root/bin/loaxa-prepare" ]
	gzip -dc "$root/share/man/man5/loaxa.conf.5.gz" | grep -q NAME
	[ "$(ls "$root"/share/man/man1/loaxa-*.1.gz | wc -l)" -ge "$("$root/bin/loaxa" help --names | wc -l)" ]
	bash -c '. "$1/share/bash-completion/completions/loaxa" && COMP_WORDS=("$1/bin/loaxa" dry) COMP_CWORD=1 && _loaxa && [ "${COMPREPLY[*]}" = dry-run ]' tab "$root"
	[ -s "$root/share/doc/loaxa/schedules/loc-tho/station.conf" ]
	LANGUAGE=vi "$root/bin/loaxa" help | grep -q 'cách dùng'
	[ ! -e "$BATS_TEST_TMPDIR/root/var" ] && [ ! -e "$BATS_TEST_TMPDIR/root/etc" ]
	"$root/bin/loaxa" check "$root/share/doc/loaxa/schedules/dien-my" --store "$store"
}

@test "the demo asks nothing, ends, and does the same twice" {
	BUILD=$BUILD src/dist/demo.sh <&- >"$BATS_TEST_TMPDIR/first"
	sums=$(cd "$BUILD/demo" && sha256sum chay-thu.txt nhat-ky.json nhat-ky.csv buoi-sang-cum-1.flac)
	rm -r "$BUILD/demo"
	BUILD=$BUILD src/dist/demo.sh <&- >"$BATS_TEST_TMPDIR/second"
	cmp "$BATS_TEST_TMPDIR/first" "$BATS_TEST_TMPDIR/second"
	(cd "$BUILD/demo" && sha256sum -c --quiet) <<<"$sums"
	[ "$(jq -s 'all(.state)' "$BUILD/demo/nhat-ky.json")" = true ]
	# the bulletin that the storm warning cut is whole, in two pieces without a gap
	[ "$(jq -c 'select(.id == "22363/sang/20210714T053000+0700/7.bz-cai-dat/cum-1")
		| [.state, (.segments | length), .segments[0][1] == .segments[1][0], .segments[1][1] == .frames_total]' \
		"$BUILD/demo/nhat-ky.json")" = '["aired",2,true,true]' ]
}
