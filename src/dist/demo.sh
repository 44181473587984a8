#!/bin/bash
# make demo: a sample day on the screen, nothing on the air.  Everything it makes lies under $BUILD/demo.
set -u
cd "$(dirname "$0")/../.." || exit 2
exec </dev/null
MAKE=${MAKE:-make} BUILD=${BUILD:-build}
loaxa=$BUILD/loaxa
out=$BUILD/demo
station=schedules/loc-tho
script=$station/dien-bien-mau.txt
zone=cum-1

# The language of the program's own messages: the user's, else Vietnamese.
case ${LANGUAGE:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}} in
en*) say() { printf '%s\n' "$2"; } ;;
*) say() { printf '%s\n' "$1"; } ;;
esac
title() { printf '\n══ %s\n   $ %s\n\n' "$(say "$1" "$2")" "$3"; }

src/dist/needs.sh build || exit 1
[ -x "$loaxa" ] || say "Đang dựng chương trình …" "Building …"
$MAKE -s -j"$(nproc)" --no-print-directory BUILD="$BUILD" all || exit 1
mkdir -p "$out"

title "1. Kiểm tra lịch, chuẩn bị âm thanh" "1. Check the schedule, prepare the sound" "loaxa check $station"
"$loaxa" check $station || exit 1

title "2. Chạy thử thứ tư 14/7/2021: tin bão chen ngang lúc 05:33, mất điện lúc 17:01" \
	"2. Wednesday 14 July 2021, dry: a storm warning cuts in at 05:33, the power goes at 17:01" \
	"loaxa dry-run $station --from 2021-07-14 --script $script --state $out/state"
"$loaxa" dry-run $station --from 2021-07-14 --days 1 --script $script --state "$out/state" >"$out/chay-thu.txt" || exit 1
cat "$out/chay-thu.txt"
"$loaxa" log --state "$out/state" --json >"$out/nhat-ky.json" || exit 1
"$loaxa" log --state "$out/state" --csv >"$out/nhat-ky.csv" || exit 1

title "3. Báo cáo: từng văn bản đã phát mấy lần, thiếu gì, vì sao; trên giấy và bảng tính ở $out/" \
	"3. The report: each letter, how often, what was missing and why; on paper and as a workbook in $out/" \
	"loaxa report --from 14/7/2021 --to 14/7/2021 --pdf $out/bao-cao.pdf --xlsx $out/bao-cao.xlsx --state $out/state"
"$loaxa" report --from 14/7/2021 --to 14/7/2021 --view directive --state "$out/state" || exit 1
echo
"$loaxa" report --from 14/7/2021 --to 14/7/2021 --pdf "$out/bao-cao.pdf" --xlsx "$out/bao-cao.xlsx" --state "$out/state" || exit 1

sound=$out/buoi-sang-$zone.flac
title "4. Buổi sáng 05:30–06:01 ở cụm loa 1, thành tệp để nghe" "4. The morning in zone 1, as a file to listen to" \
	"loaxa dry-run $station --from 2021-07-14T05:30 --until 2021-07-14T06:01 --zone $zone --render $sound"
grep '^2021-07-14T05:' $script >"$out/buoi-sang.txt"
"$loaxa" dry-run $station --from 2021-07-14T05:30 --until 2021-07-14T06:01 --script "$out/buoi-sang.txt" --state "$out/state-render" \
	--zone $zone --render "$sound" >"$out/render.txt" || exit 1

say "Đã xong; không có gì ra loa. Kết quả ở $out/:
  chay-thu.txt               dòng thời gian và nhật ký như trên
  nhat-ky.csv, nhat-ky.json  nhật ký cho bảng tính và cho chương trình khác
  bao-cao.pdf, bao-cao.xlsx  báo cáo gửi cấp trên
  ${sound##*/}       buổi sáng để nghe; tin khẩn cấp chen ngang ở 3 phút 10 giây
Xem thêm: $loaxa help · README.md" \
	"Done; nothing went on the air. Kept in $out/:
  chay-thu.txt               the timeline and the log above
  nhat-ky.csv, nhat-ky.json  the log for spreadsheets and programs
  bao-cao.pdf, bao-cao.xlsx  the report for the district
  ${sound##*/}       the morning to listen to; the emergency cuts in at 3 min 10 s
More: $loaxa help · README.md"
