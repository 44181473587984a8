# A USB card pulled and put back in the middle of an item.

setup() {
	. "$BATS_TEST_DIRNAME/guest.bash"
	. "$BATS_TEST_DIRNAME/station.bash"
	run=$BATS_TEST_TMPDIR
	guest_start
	guest "hand loud hw:CARD=Audio"
}

teardown() {
	guest_end
}

# device OUTPUT WHAT SINCE: when the journal says so, in $told.
device() {
	live log --events --json
	told=$(jq -r "select(.kind == \"device\" and .body.output == \"$1\" and .body.what == \"$2\").at" "$run/live.out" | tail -1)
	[ -n "$told" ] && told=$(s "$told") && less "$3" "$told" >/dev/null
}

# unheard FRAMES: heard, and not said to have been.  A card that is gone tells no more how far it came: the last word
# is a wake of the audio thread old.  What is said to have been heard was heard, but for 50 ms in the emulated card.
unheard() {
	less "$1" "0.4 * 48000"
	less -2400 "$1"
}

# account CHANNEL N: the last airing of "dai" in that zone was cut and went on at the same frame, and that is what the
# recordings N and N + 1 say too.
account() {
	local zone=ra$(($1 + 1)) cut before after
	cut=$(jq -s "map(select(.bulletin == \"dai\" and .zone == \"$zone\")) | last |
		select(.state == \"aired\" and .frames_played == 576000 and (.segments | length) == 2
			and .segments[0][0] == 0 and .segments[0][1] == .segments[1][0] and .segments[1][1] == 576000).segments[0][1]" "$run/live.out")
	[ -n "$cut" ] || { cat "$run/live.out"; return 1; }
	before=$(heard "usb-$2.wav" "$1" dai | tail -1)
	[ $2 -eq $pulls ] && set -- "$1" "" || set -- "$1" "-$(($2 + 1))"
	after=$(heard "usb$2.wav" "$1" dai | head -1)
	echo "$zone: cut at $cut by the journal; heard before: $before; after: $after"
	[ "$(cut -d' ' -f2- <<<"$after")" = "$cut 576000" ] || return 1
	unheard "${before##* } - $cut"
}

@test "noticed within a second, opened again by its name within three, and the item goes on: ${LOAXA_PULLS:-3} times" {
	local n pulled put
	station_begin "ra=alsa:hw:CARD=Audio"
	run_start
	for ((n = 1; n <= ${LOAXA_PULLS:-3}; n++)); do
		live play dai
		eventually zone ra1 '.on_air.bulletin == "dai" and .on_air.position_ms > 2000'
		pulled=$(guest hand now)
		guest_pull
		eventually device ra lost "$pulled"
		echo "$n: noticed after $(jq -n "$told - $pulled") s"
		less "$told - $pulled" 1
		zone ra1 .lost
		zone ra1 '.on_air == null'
		put=$(guest hand now)
		guest_put_back >/dev/null
		eventually device ra back "$put"
		echo "$n: there again after $(jq -n "$told - $put") s"
		less "$told - $put" 3
		eventually verdict ".bulletin == \"dai\" and .zone == \"ra1\" and .state != null and (.segments[-1][1] == 576000)"
		eventually zone ra2 '.on_air == null'
		[ $n -gt 1 ] || clips dai
		mv "$run/live.out" "$run/live-$n.out"
	done
	live status --json
	jq -c .faults "$run/live.out"
	jq -e '.faults | all(.text | contains("device") | not)' "$run/live.out"
	live log --json
	guest_stop
	account 0 "$pulls"
	account 1 "$pulls"
}

@test "the other card goes on meanwhile" {
	station_begin "ra=alsa:hw:CARD=Audio" "hai=alsa:hw:CARD=Intel"
	run_start
	live play dai
	eventually zone ra1 '.on_air.bulletin == "dai" and .on_air.position_ms > 1000'
	guest_pull
	eventually zone ra1 .lost
	zone hai1 '.on_air.bulletin == "dai" and (.lost | not)'
	guest_put_back >/dev/null
	eventually verdict '.zone == "hai1" and .state == "aired"'
	eventually verdict '.zone == "ra1" and .state == "aired"'
	clips dai
	guest_stop
	whole hda.wav 0 dai 576000
	whole hda.wav 1 dai 576000
}

@test "a card that stays away longer than the item may wait: partial, device-lost, and only what was heard" {
	station_begin "ra=alsa:hw:CARD=Audio"
	sed -i 's/"dai.wav" }/& resume-within = "5s"/' "$conf"
	more='max-late = "3s"' airing mot dai 20
	run_start
	eventually zone ra1 '.on_air.bulletin == "dai" and .on_air.position_ms > 2000'
	guest_pull
	eventually verdict '.zone == "ra1" and .state == "partial" and .reason == "device-lost" and .frames_played > 48000'
	local played
	played=$(jq -s 'map(select(.zone == "ra1"))[0].frames_played' "$run/live.out")
	clips dai
	guest_stop
	set -- $(heard usb.wav 0 dai)
	echo "played $played, heard $*"
	[ "$2" -eq 0 ]
	unheard "$3 - $played"
}
