#!/usr/bin/env bats
# The workbook, read by other programs than the one that wrote it: unzip and xmllint.
bats_require_minimum_version 1.5.0

setup() {
	tool="$BUILD/tests/system/sheet-tool"
	work=$(mktemp -d /tmp/loaxa-sheet-XXXXXX)
	book=$work/book.xlsx
}

teardown() {
	rm -rf "$work"
}

# part NAME: that file of the workbook, without name spaces
part() {
	unzip -p "$book" "$1" | sed 's/ xmlns[:a-z0-9]*="[^"]*"//g; s/\(<\/\?\)[a-z]*:/\1/g; s/ r:id=/ id=/g'
}

# ask PART XPATH
ask() {
	part "$1" | xmllint --xpath "$2" -
}

# number of the sheet with that name
sheet() {
	local names
	names=$(part xl/workbook.xml | grep -o '<sheet name="[^"]*"' | cut -d'"' -f2)
	echo "xl/worksheets/sheet$(grep -nxF "$1" <<<"$names" | cut -d: -f1).xml"
}

# shown SHEET CELL: what a text cell says
shown() {
	local i
	[ "$(ask "$1" "string(//c[@r='$2']/@t)")" = s ]
	i=$(ask "$1" "string(//c[@r='$2']/v)")
	ask xl/sharedStrings.xml "string(//si[$((i + 1))]/t)"
}

# format SHEET CELL: its number format's code, or its number when it is one of the built-in ones
format() {
	local style id
	style=$(ask "$1" "string(//c[@r='$2']/@s)")
	id=$(ask xl/styles.xml "string(//cellXfs/xf[$((style + 1))]/@numFmtId)")
	ask xl/styles.xml "string(//numFmt[@numFmtId='$id']/@formatCode)" | grep . || echo "$id"
}

@test "sheet: a sheet for each view, dates and numbers are real, codes are text" {
	"$tool" "$book" "Hướng dẫn cài đặt"
	[ "$(part xl/workbook.xml | grep -o '<sheet name="[^"]*"' | cut -d'"' -f2 | paste -sd,)" = "Summary,Chart,By letter,Times a day,By day,By zone,Hours off,By class and priority,Not aired, and why,Logbook,Hours of the days" ]
	dates=$(sheet "Times a day")
	[ "$(shown "$dates" A5)" = 1704/STTTT-TTBCXB ]
	[ "$(format "$dates" A5)" = @ ]    # text
	[ "$(shown "$dates" A8)" = 12/2021 ]
	[ "$(ask "$dates" "string(//c[@r='C5']/v)")" = 44390 ]    # 13/7/2021
	[ "$(format "$dates" C5)" = 'dd\/m\/yyyy' ]
	[ "$(ask "$dates" "string(//c[@r='F5']/v)")" = 3 ]
	[ "$(format "$dates" F5)" = '[$-42A]#,##0' ]
	summary=$(sheet Summary)
	[ "$(shown "$summary" B6)" = 00363 ]
	[ "$(format "$summary" B6)" = @ ]
	log=$(sheet Logbook)
	[ "$(ask "$log" "number(//c[@r='C5']/v) * 1440")" = 330 ]    # 05:30 as a part of the day
	[ "$(format "$log" C5)" = 'hh:mm:ss' ]
	[ "$(shown "$log" G5)" = "Hướng dẫn cài đặt" ]
	[ "$(shown "$log" J5)" = 12/2021 ]
	zone=$(sheet "By zone")
	[ "$(ask "$zone" "number(//c[@r='E5']/v) * 24")" = 1.5 ]    # off for an hour and a half
	[ "$(ask "$zone" "number(//c[@r='I5']/v) * 9")" = 5.9994 ]  # 66,66%: cut, not rounded
	[ "$(format "$zone" I5)" = '[$-42A]0.00%' ]
}

@test "sheet: in rows and totals, planned is the sum of the verdicts" {
	"$tool" "$book" Tin
	day=$(sheet "By day")
	for row in 5 6 7 8; do
		sum=$(ask "$day" "number(//c[@r='J$row']/v) - number(//c[@r='K$row']/v) - number(//c[@r='L$row']/v) - number(//c[@r='M$row']/v) - number(//c[@r='N$row']/v) - number(//c[@r='O$row']/v)")
		[ "$sum" = 0 ]
	done
	[ "$(ask "$day" "string(//c[@r='J8']/v)")" = 18 ]
	[ "$(shown "$day" A8)" = Total ]
	[ "$(ask "$day" 'string(//autoFilter/@ref)')" = A4:R7 ]    # the total stays outside
}

@test "sheet: heads are frozen and repeated, A4, widths, Times New Roman" {
	"$tool" "$book" Tin
	for s in $(unzip -Z1 "$book" 'xl/worksheets/*.xml'); do
		[ "$(ask "$s" 'string(//pageSetup/@paperSize)')" = 9 ]
		[ "$(ask "$s" 'string(//pageSetup/@fitToHeight)')" = 0 ]
		[ "$s" = "$(sheet Chart)" ] && continue
		[ "$(ask "$s" 'string(//pane/@state)')" = frozen ]
		[ "$(ask "$s" 'string(//pane/@ySplit)')" = 4 ]
		[ "$(ask "$s" 'count(//cols/col)')" -gt 1 ]
		[ -n "$(ask "$s" 'string(//autoFilter/@ref)')" ]
	done
	[ "$(part xl/workbook.xml | grep -o '_xlnm.Print_Titles' | wc -l)" -eq 10 ]
	[ "$(ask xl/styles.xml 'count(//cellXfs/xf[position() > 1])')" -gt 20 ]
	[ "$(ask xl/styles.xml "count(//fonts/font[position() > 1][name/@val != 'Times New Roman'])")" = 0 ]
}

@test "sheet: the chart shows the days of each letter against what was asked" {
	"$tool" "$book" Tin
	[ "$(unzip -Z1 "$book" 'xl/charts/*.xml' | wc -l)" -eq 2 ]
	[ "$(part xl/charts/chart2.xml | xmllint --xpath '//f/text()' - | paste -sd' ')" = \
		"'Times a day'!\$C\$8:\$C\$10 'Times a day'!\$F\$8:\$F\$10 'Times a day'!\$C\$8:\$C\$10 'Times a day'!\$D\$8:\$D\$10" ]
	[ "$(part xl/charts/chart1.xml | xmllint --xpath 'string(//title//t)' -)" = 1704/STTTT-TTBCXB ]
}

@test "sheet: what a title holds is never more than a text" {
	wide=$(printf 'A%.0s' {1..40000})
	escapes=$(printf '_x0041_%.0s' {1..5000})
	for title in '=1+2' '+84' '-1' '@SUM(A1)' $'\t=1' $'\r=1' '<&>"'\' $'a\xff\xfe' $'\xe2\x80\xae=1' $'\x01\x1b[31m' $'\xef\xbf\xbe' \
		'{=1}' 'http://a.b' 'internal:A1' '' "$wide" "$escapes"; do
		"$tool" "$book" "$title" crossed
		unzip -tq "$book"
		for p in $(unzip -Z1 "$book"); do
			unzip -p "$book" "${p/\[/\\[}" | xmllint --noout -
		done
		for s in $(unzip -Z1 "$book" 'xl/worksheets/*.xml'); do
			[ "$(ask "$s" 'count(//c/f)')" = 0 ]
			[ "$(ask "$s" 'count(//hyperlink)')" = 0 ]
		done
		[ "$(ask xl/sharedStrings.xml 'count(//t[string-length(.) > 32767])')" = 0 ]
	done
	"$tool" "$book" _x202E_
	[ "$(shown "$(sheet Logbook)" G5)" = _x005F_x202E_ ]    # which spreadsheets show as _x202E_
}

@test "sheet: a rehearsal is crossed on every page, others are not" {
	"$tool" "$book" Tin crossed
	for s in $(unzip -Z1 "$book" 'xl/worksheets/*.xml'); do
		ask "$s" 'string(//oddHeader)' | grep -q 'KFF0000REHEARSAL'
		shown "$s" A3 | grep -q REHEARSAL
	done
	"$tool" "$book" Tin
	run ! grep -q REHEARSAL <(for p in $(unzip -Z1 "$book"); do unzip -p "$book" "$p"; done)
	[ "$(ask "$(sheet Logbook)" 'count(//oddHeader)')" = 0 ]
}

@test "sheet: the same report gives the same bytes, dated by its last day" {
	"$tool" "$book" Tin
	"$tool" "$work/again.xlsx" Tin
	cmp "$book" "$work/again.xlsx"
	part docProps/core.xml | grep -q 2021-07-16T00:00:00Z
	run ! grep -q "$(date +%Y-)" <(part docProps/core.xml)
}

@test "sheet: what cannot be written is said, and nothing is left" {
	run "$tool" "$work/no/book.xlsx" Tin
	[ "$status" -eq 1 ]
	[[ $output == "The spreadsheet was NOT written: No such file or directory"* ]]
	[ ! -e "$work/no" ]
	run bash -c "ulimit -f 8; trap '' XFSZ; '$tool' '$book' Tin"
	[ "$status" -eq 1 ]
	[[ $output == *"The spreadsheet was NOT written"* ]]
	[ ! -e "$book" ]
}
