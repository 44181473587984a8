#!/usr/bin/env bats
# Papers as other programs see them (poppler): the pixels of every Vietnamese letter, the faces in the file.
bats_require_minimum_version 1.5.0
pixels=$(realpath "${BUILD:-build}/tests/system/paper-pixels")

@test "paper: every letter of Vietnamese, in four styles, is on the paper with its accents" {
	cd "$BATS_TEST_TMPDIR"
	"$pixels" make letters.pdf plain
	pdftoppm -gray -r 200 letters.pdf page
	for page in 1 2 3 4; do
		"$pixels" compare $page page-$page.pgm 200
	done
	pdffonts letters.pdf | tail -n +3 >fonts
	[ "$(wc -l <fonts)" -ge 4 ]
	[ "$(grep -vc '^[A-Z]*+LiberationSerif.* yes yes yes ' fonts)" = 0 ] # all of them that face, inside the file, readable
}

@test "paper: letters whose accents were lost are told apart, each of the 134" {
	cd "$BATS_TEST_TMPDIR"
	"$pixels" make letters.pdf folded
	pdftoppm -gray -r 200 letters.pdf page
	for page in 1 2 3 4; do
		run -1 "$pixels" compare $page page-$page.pgm 200
		[[ ${lines[-1]} == *" 134 of 146 letters differ"* ]]
	done
}

@test "paper: without the typeface nothing is written, and it says which to install" {
	cd "$BATS_TEST_TMPDIR"
	mkdir none
	for dir in none /usr/share/fonts/truetype/dejavu; do
		cat >fonts.conf <<-CONF
			<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
			<fontconfig><dir prefix="cwd">$dir</dir><cachedir prefix="cwd">cache</cachedir></fontconfig>
		CONF
		FONTCONFIG_FILE=$PWD/fonts.conf run -1 "$pixels" make letters.pdf plain
		[[ $output == *fonts-liberation2* ]]
		[ ! -e letters.pdf ]
	done
}
