# The desk: loaxa alone.

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
}

desk() {
	"$loaxa" --state "$state" --store "$store" "$@"
}

# codes: those of what is to be done, in their order, on one line
codes() {
	desk --json | jq -r '[.todo[].code] | join(" ")'
}

is_explained() {
	desk --json | jq -e 'any(.todo[]; .code == "times-short" and .urgent) | not' >/dev/null
}

@test "a station that never ran: it says how to start it, and that is something to do" {
	run -1 desk
	[[ $output == *'NOT RUNNING'*'systemctl start loaxa'* ]]
	[ "$(codes)" = "not-running no-schedule" ]
	run -1 desk --json
	jq -e '.controller == false and .schedule == false and .next_session == null' <<<"$output"
}

@test "while all is well there is nothing to do; what is on air and comes stands there" {
	cat >>"$station/station.conf" <<-CONF
		session "toi" { start = "$(local_time '+3 minutes' +%H:%M)"   end = "$(local_time '+9 minutes' +%H:%M)"   play = { "dai" } }
	CONF
	run_start
	run -0 desk
	[[ $output == *'Đài thử'*'ON AIR'*'all 2 zones'*'NEXT'*'Tiếng ngắn (repeat nhip)'*'NOTHING TO DO before session toi at '* ]]
	run -0 desk --json
	jq -e '.controller and .todo == [] and .next_session.session == "toi" and (.zones | length) == 2' <<<"$output"
	# the same fields as status, and three more
	[ "$("$loaxa" status --json --state "$state" | jq -c 'keys')" = \
		"$(jq -c 'del(.controller, .next_session, .todo) | keys' <<<"$output")" ]
	run_stop
}

@test "changes not applied, zones off and held are there until somebody does something" {
	run_start
	echo '# a word more' >>"$station/station.conf"
	"$loaxa" off b --reason "hỏng loa" --by Lan --state "$state"
	"$loaxa" hold a --by Lan --state "$state"
	[ "$(codes)" = "zone-held not-applied zone-off" ]
	run -1 desk
	[[ $output == *'Zone b is OFF since '*': hỏng loa (Lan)'*'loaxa on b'* ]]
	echo 'zone' >>"$station/station.conf"
	run -1 desk
	[[ $output == *'NOT applied and have 1 error'* ]]
	sed -i '$d' "$station/station.conf"
	sed -i '$d' "$station/station.conf"
	"$loaxa" on b --state "$state"
	"$loaxa" release all --state "$state"
	[ "$(codes)" = "" ]
	# the same file with another sound
	sox -q -n -r 48000 -b 16 "$station/dai.wav" synth 3 sine 550 vol 0.5
	[ "$(codes)" = not-applied ]
	run -1 desk
	[[ $output == *'New recordings are NOT applied: dai.wav;'*'loaxa reload'* ]]
	"$loaxa" reload --yes --state "$state" --store "$store"
	[ "$(codes)" = "" ]
	run_stop
	# without a controller: what the schedule knows, and since when nobody airs it
	run -1 desk
	[[ $output == *'NEXT'*'Tiếng ngắn'*'NOT RUNNING since '* ]]
	[ "$(codes)" = "not-running" ]
}

@test "what is not approved, and a campaign short of its times" {
	cat >>"$station/station.conf" <<-CONF
		campaign "dot" { title = "Đợt thử"   from = "$(local_time now +%F)"   until = "$(local_time '+1 day' +%F)"   times-per-day = "2" }
		bulletin "tin" { title = "Tin mới"   campaign = "dot"   audio = { "dai.wav" } }
	CONF
	sed -i 's/station "00001" {/& approval = yes /; s/audio = { "ngan.wav" }/& approved-by = "A"   approved-on = "1\/7\/2021"/
		s/play = { "ngan" }   first/play = { "ngan" }   first/' "$station/station.conf"
	echo "session \"toi\" { start = \"$(local_time '+5 minutes' +%H:%M)\" end = \"$(local_time '+9 minutes' +%H:%M)\" play = { \"tin\" } }" \
		>>"$station/station.conf"
	run_start
	run -1 desk
	[[ $output == *'Will NOT air at '*'"Tin mới" is not approved'*'loaxa approve tin --by '* ]]
	[[ $output == *'is short TODAY: 0 of 2 times aired, 0 still to come'* ]]
	[[ $output == *'CAN BE DONE LATER: '*'has its last day on'* ]]
	# explained, it is no more to be done
	"$loaxa" note "$(local_time now +%F)" 'mất điện cả buổi sáng' --state "$state"
	eventually is_explained
	run_stop
}

@test "loaxa alone takes options, and no others" {
	run -2 desk --nonsense
	run -2 "$loaxa" nonsense
	run -0 "$loaxa" --help
	[[ $output == *'loaxa COMMAND'* ]]
	for name in $("$loaxa" help --names); do
		[ "$(grep -c "^  $name " <<<"$output")" -eq 1 ]
	done
	[ "$(grep -c '^[A-Z]' <<<"$output")" -eq 7 ]
	run -0 "$loaxa" plan --help
	[[ $output == *'loaxa plan [DIR]'* ]]
	run -2 "$loaxa" help nonsense
}
