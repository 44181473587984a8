# July 2021 of phường Lộc Thọ as it might have been: what reports are made of.  Sourced by system tests.
#   8/7   no power from midnight to midnight: nothing aired
#   14/7  an emergency cuts in at 05:41
#   20/7  an exception takes the evening session: 2 of 3 lần, excused
#   22/7  cum-3 switched off all day
#   26/7  no power at 11:00 for half an hour: 2 of 3 lần, short
# july DIR: the schedule in DIR/dai, the rehearsal's state in DIR/state
july() {
	local dir=$1 build
	build=$(realpath "${BUILD:-build}")
	mkdir -p "$dir"
	cp -r schedules/loc-tho "$dir/dai"
	sed -i "s|audio-dir = .*\"|audio-dir = \"$PWD/audio\"|" "$dir/dai/station.conf"
	sed -i 's|# received = "13/7/2021 16:05"|received = "13/7/2021 16:05"|' "$dir"/dai/*.conf
	echo 'exception "hop-dan" { dates = { "20/7/2021" }   skip = { "chieu" } }' >"$dir/dai/90-ngoai-le.conf"
	cat >"$dir/july.txt" <<-'SCRIPT'
		2021-07-01T05:00  duty "Trực ban 1"
		2021-07-08T00:00  power-off 24h
		2021-07-09T08:00  note 8/7/2021 "mất điện toàn phường" by "Trực ban 1"
		2021-07-12T05:00  duty "Trực ban 2"
		2021-07-14T05:41:10.500  emergency bao by "Chủ tịch UBND phường"
		2021-07-14T05:50  cancel bao by "Chủ tịch UBND phường"
		2021-07-22T04:00  off cum-3 by "Trực ban 2" reason "hỏng loa"
		2021-07-23T04:00  on cum-3 by "Trực ban 2"
		2021-07-26T11:00  power-off 30m
	SCRIPT
	"$build/loaxa" dry-run "$dir/dai" --from 2021-07-01 --days 31 --script "$dir/july.txt" --state "$dir/state" >"$dir/out.txt"
}
