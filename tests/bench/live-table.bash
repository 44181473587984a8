# The figures of live.sh from the tapes: sourced by it.
failed=0

# heard CARD: lines CLIP FIRST END TAPE NS, NS of the wall
heard() {
	[ -e "$work/cards/$1/log" ] || return 0
	card_heard "$work/cards/$1" "$([ "$1" = liquidsoap ] && echo 2 || echo 1)" 1 "$work"/clip-*.wav "$work/gap.wav" "$work/dai.wav" |
		awk -v ahead="$ahead" '{ printf "%s %d %d %d %.0f\n", $1, $2, $3, $4, $5 + ahead }'
}
for card in ours minute1 minute2 minute3 minute4 plain mpd liquidsoap; do heard $card >"$work/heard.$card"; done

# percentile P: of the numbers on standard input, by nearest rank; nothing of nothing
percentile() {
	sort -g | awk -v p="$1" '{ v[NR] = $1 } END { if (NR) { i = int(NR * p / 100 + 0.999999); printf "%.2f", v[i < 1 ? 1 : i] } }'
}

# Start errors in ms.  Ours: by the plan; theirs: by the full minute before.
awk -v first="$first" '$1 ~ /^clip-/ { split($1, c, "-"); printf "%.3f\n", sqrt(($5 / 1e6 - (first + (c[2] - 1) * 2) * 1e3 - $2 / 48) ^ 2) }' \
	"$work/heard.ours" >"$work/starts.ours"
late_by_minute() { awk '$1 ~ /^clip-/ && $2 == 0 { printf "%.3f\n", ($5 % 6e10) / 1e6 }' "$@"; }
late_by_minute "$work"/heard.minute? >"$work/starts.cron"
late_by_minute "$work/heard.mpd" >"$work/starts.mpd"
late_by_minute "$work/heard.liquidsoap" >"$work/starts.liquidsoap"

# Emergencies in ms: each command and the next first frame.
for card in ours plain mpd liquidsoap; do
	[ -e "$work/commands.$card" ] || continue
	awk 'FNR == NR { t[++n] = $1 * 1e9; next } $1 == "gap" && $2 == 0 { g[++m] = $5 }
		END { for (i = 1; i <= n; i++) { for (k = 1; k <= m && g[k] < t[i]; k++); if (k <= m && (i == n || g[k] < t[i + 1])) printf "%.3f\n", (g[k] - t[i]) / 1e6 } }' \
		"$work/commands.$card" "$work/heard.$card" >"$work/emergencies.$card"
	# Where the long one went on, against where it was cut: frames.
	awk '$1 == "dai" { if (cut) printf "%d\n", sqrt(($2 - end) ^ 2); end = $3; cut = 0 } $1 == "gap" { cut = 1 }' \
		"$work/heard.$card" >"$work/resumes.$card"
done

count() { [ -e "$1" ] && wc -l <"$1" || echo 0; }
used() { [ -e "$work/use.$1" ] && cut -d' ' -f"$2" "$work/use.$1"; }
mib() { [ -z "$1" ] || awk -v k="$1" -v less="${2:-0}" 'BEGIN { printf "%.1f", k / 1024 - less }'; }
from() { [ -e "$1" ] && percentile "$2" <"$1"; }

# row WHAT BOUND OURS CRON MPD LIQUIDSOAP: BOUND "": no bound of its own; theirs with how many times ours that is
row() {
	local verdict= what=$1 bound=$2 ours=$3 line theirs
	if [ -n "$bound" ]; then
		verdict="at most $bound: ok"
		awk -v a="$ours" -v b="$bound" 'BEGIN { exit !(a != "" && a + 0 <= b + 0) }' ||
			{ verdict="at most $bound: MISSED"; failed=1; }
	fi
	printf -v line '%-44s %9s' "$what" "${ours:-?}"
	for theirs in "$4" "$5" "$6"; do
		printf -v line '%s %18s' "$line" "$(awk -v a="$ours" -v b="$theirs" 'BEGIN {
			if (b == "") print "-"
			else print b + 0, (a + 0 > 0) ? sprintf("(x%.3g)", b / a) : "" }')"
	done
	echo "$line  $verdict"
}

told() { [ -n "$2" ] && echo "$1" || echo "$1: not installed (apt-get install $3)"; }
echo "on the air: ours beside $(told "${cron_name:-cron}" "${cron:-}" cron) + $(told aplay "$have_aplay" alsa-utils)," \
	"$(told "MPD + mpc" "$have_mpd" "mpd mpc")," \
	"$([ -n "${BENCH_ALL:-}" ] && told Liquidsoap "$have_liquidsoap" liquidsoap || echo "BENCH_ALL=1 adds Liquidsoap")"
printf '%-44s %9s %18s %18s %18s\n' "(x: how many times ours)" ours cron+aplay MPD+mpc Liquidsoap
n=$(count "$work/starts.ours")
row "starts never heard, of $STARTS" 0 $((STARTS - n)) "" "" ""
row "start error, median of $n, ms" 0.5 "$(from "$work/starts.ours" 50)" "$(from "$work/starts.cron" 50)" "$(from "$work/starts.mpd" 50)" "$(from "$work/starts.liquidsoap" 50)"
row "start error, p99, ms" 3 "$(from "$work/starts.ours" 99)" "$(from "$work/starts.cron" 99)" "$(from "$work/starts.mpd" 99)" "$(from "$work/starts.liquidsoap" 99)"
n=$(count "$work/emergencies.ours")
row "emergencies never heard, of $((2 * ROUNDS))" 0 $((2 * ROUNDS - n)) "" "" ""
row "emergency, command to ear, median, ms" "" "$(from "$work/emergencies.ours" 50)" "$(from "$work/emergencies.plain" 50)" "$(from "$work/emergencies.mpd" 50)" "$(from "$work/emergencies.liquidsoap" 50)"
row "emergency, command to ear, p99, ms" 15 "$(from "$work/emergencies.ours" 99)" "$(from "$work/emergencies.plain" 99)" "$(from "$work/emergencies.mpd" 99)" "$(from "$work/emergencies.liquidsoap" 99)"
row "resume error, worst of $(count "$work/resumes.ours"), frames" 0 "$(from "$work/resumes.ours" 100)" "$(from "$work/resumes.plain" 50)" "$(from "$work/resumes.mpd" 50)" "$(from "$work/resumes.liquidsoap" 50)"
bound=$(used aplay.plays 1)
row "CPU while one item plays, % of a core" "${bound:-0.18}" "$(used ours.plays 1)" "$(used aplay.plays 1)" "$(used mpd.plays 1)" "$(used liquidsoap.plays 1)"
[ ! -s "$work/use.sox-flac.plays" ] || row "  the same against sox, FLAC" "" "$(used ours.plays 1)" "$(used sox-flac.plays 1)" "" ""
[ ! -s "$work/use.mpg123-mp3.plays" ] || row "  the same against mpg123, MP3" "" "$(used ours.plays 1)" "$(used mpg123-mp3.plays 1)" "" ""
row "wake-ups a second while playing" 10 "$(used ours.plays 2)" "$(used aplay.plays 2)" "$(used mpd.plays 2)" "$(used liquidsoap.plays 2)"
emergency_mib=$(awk 'BEGIN { print 0.7 * 48000 * 2 / 1048576 }')
row "resident, 100 bulletins, no emergencies, MiB" 12 "$(mib "$(used ours.plays 3)" "$emergency_mib")" "$(mib "$(used aplay.plays 3)")" "$(mib "$(used mpd.plays 3)")" "$(mib "$(used liquidsoap.plays 3)")"
row "idle: wake-ups a second" 0.1 "$(used ours.idle 2)" "$(used cron.idle 2)" "$(used mpd.idle 2)" "$(used liquidsoap.idle 2)"
row "idle: CPU, % of a core" 0.00499 "$(used ours.idle 1)" "$(used cron.idle 1)" "$(used mpd.idle 1)" "$(used liquidsoap.idle 1)"
exit $failed
