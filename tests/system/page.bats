#!/usr/bin/env bats
# The báo cáo as a page, read as XML by another program.
bats_require_minimum_version 1.5.0

setup() {
	tool="$BUILD/tests/system/sheet-tool"
	work=$(mktemp -d /tmp/loaxa-page-XXXXXX)
	page=$work/page.html
}

teardown() {
	rm -rf "$work"
}

# ask XPATH: without name spaces
ask() {
	sed 's/ xmlns="[^"]*"//' "$page" | xmllint --xpath "$1" -
}

@test "page: whatever a title holds is shown as text, and nothing else" {
	wide=$(printf 'A%.0s' {1..40000})
	for title in '<script>alert(1)</script>' '"><img src=x onerror=alert(1)>' "' onload='x" '&amp;&#x41;' ']]>' '<!--' '</style><b>' \
		$'a\xff\xfe' $'\xe2\x80\xae=1' $'\x01\x1b[31m' $'\xef\xbf\xbe' '' "$wide"; do
		"$tool" "$page" "$title" crossed
		xmllint --noout "$page"
		[ "$(ask 'count(//script | //iframe | //object | //link | //a | //@onload | //@onerror)')" = 0 ]
		[ "$(ask "count(//img[not(starts-with(@src, 'data:image/'))])")" = 0 ]
	done
	"$tool" "$page" '<b>"Đồng & bào'"'"'</b>'
	[ "$(ask "count(//td[contains(., '<b>\"Đồng & bào')])")" -ge 2 ]
}

@test "page: it needs no other file and loads none" {
	"$tool" "$page" Tin
	run ! grep -qE '(src|href)="[^d#]|url\(|@import|https?://[^w]' "$page"
	grep -q "default-src 'none'" "$page"
}

@test "page: the letter, an appendix for each view but the logbook, tables with their totals, notes" {
	"$tool" "$page" Tin
	[ "$(ask 'count(//h2)')" = 8 ]
	[ "$(ask 'count(//div[@class="letter"])')" = 1 ]
	ask 'string(//div[@class="letter"])' | grep -q 'SOCIALIST REPUBLIC OF VIET NAM'
	[ "$(ask 'count(//div[@class="across"][.//h2][.//table])')" = 8 ]
	[ "$(ask 'string((//div[@class="across"])[3]//tbody/tr[last()]/td[1])')" = Total ]
	[ "$(ask 'string((//div[@class="across"])[3]//tbody/tr[last()]/td[10])')" = 18 ]
	[ "$(ask 'count(//p[@class="note"])')" -ge 10 ]
}

@test "page: the chart of a letter is a drawing with its days and their verdicts" {
	"$tool" "$page" Tin
	[ "$(ask 'count(//img[starts-with(@src, "data:image/svg+xml;base64,")])')" = 2 ]
	ask 'string((//img)[1]/@src)' | cut -d, -f2 | base64 -d >"$work/chart.svg"
	sed -i 's/ xmlns="[^"]*"//' "$work/chart.svg"
	[ "$(xmllint --xpath 'count(//rect[@fill="#4472c4"])' "$work/chart.svg")" = 3 ]
	[ "$(xmllint --xpath 'count(//rect[@fill="none"])' "$work/chart.svg")" = 3 ]
	[ "$(xmllint --xpath 'string(//title)' "$work/chart.svg")" = 1704/STTTT-TTBCXB ]
	xmllint --xpath '//text/text()' "$work/chart.svg" | paste -sd' ' | grep -q '✓ 13/7 × 14/7 ○ 15/7'
}

@test "page: the hours are signs with colours, never colours alone" {
	"$tool" "$page" Tin
	[ "$(ask 'count(//td[@title and not(p/text())])')" = 0 ]
	[ "$(ask 'count(//td[@title])')" -gt 40 ]
}

@test "page: a rehearsal is crossed in each part and over every page, others are not" {
	"$tool" "$page" Tin crossed
	[ "$(ask 'count(//div[p[@class="crossed"][contains(., "REHEARSAL")]])')" = 9 ]
	grep -q 'body::before.*REHEARSAL' "$page"
	"$tool" "$page" Tin
	run ! grep -q REHEARSAL "$page"
}
