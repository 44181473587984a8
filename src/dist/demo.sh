#!/bin/bash
# make demo: a sample day on the screen, nothing on the air.  Everything it makes lies under $BUILD/demo.
set -u
cd "$(dirname "$0")/../.." || exit 2
exec </dev/null
MAKE=${MAKE:-make} BUILD=${BUILD:-build}
out=$BUILD/demo
station=schedules/loc-tho
script=$station/dien-bien-mau.txt

src/dist/needs.sh build || exit 1
$MAKE -s -j"$(nproc)" --no-print-directory BUILD="$BUILD" all || exit 1
mkdir -p "$out"
loaxa() { "$BUILD/loaxa" "$@"; }
title() { printf '\n══ %s\n\n' "$1"; }

title "Kiểm tra lịch: loaxa check $station"
loaxa check $station || exit 1

title "Chạy thử thứ tư 14/7/2021, tin bão chen ngang lúc 05:33: loaxa dry-run"
loaxa dry-run $station --from 2021-07-14 --days 1 --script $script --state "$out/state" >"$out/ngay-14-7-2021.txt" || exit 1
cat "$out/ngay-14-7-2021.txt"

title "Nhật ký phát thanh: loaxa log --state $out/state"
loaxa log --state "$out/state" >"$out/nhat-ky.txt" || exit 1
loaxa log --state "$out/state" --json >"$out/nhat-ky.json" || exit 1
cat "$out/nhat-ky.txt"

title "Buổi sáng, để nghe lại"
loaxa dry-run $station --from 2021-07-14T05:30 --days 1 --script $script --state "$out/state-render" --render "$out/buoi-sang-cum-1.flac"
