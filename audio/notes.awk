# Turns a .notes file into sound: plucked strings, each note a few fading partials, written as sox's text format (.dat).
# tempo N · phrase NAME … end · play NAME BEAT · BEAT SEMITONES BEATS LOUDNESS
BEGIN { rate = 24000; print "; Sample Rate " rate; print "; Channels 1" }

function note(beat, semitones, beats, loudness,    f, start, n, i, t, two_pi, v) {
	two_pi = 6.283185307179586
	f = 261.6256 * exp(semitones / 12 * log(2))
	start = int(beat * 60 / tempo * rate)
	n = int((beats * 60 / tempo + 1.6) * rate)
	for (i = 0; i < n; i++) {
		t = i / rate
		v = exp(-2.2 * t) * sin(two_pi * f * t) + 0.45 * exp(-3.5 * t) * sin(two_pi * 2 * f * t) \
			+ 0.22 * exp(-5 * t) * sin(two_pi * 3 * f * t) + 0.1 * exp(-8 * t) * sin(two_pi * 4.01 * f * t)
		if (t < 0.004)
			v *= t / 0.004
		if (n - i < 4800)
			v *= (n - i) / 4800
		wave[start + i] += 0.0024 * loudness * v
	}
	if (start + n > length_)
		length_ = start + n
}

/^#/ || NF == 0 { next }
$1 == "tempo"  { tempo = $2; next }
$1 == "phrase" { phrase = $2; next }
$1 == "end"    { phrase = ""; next }
$1 == "play"   { for (i = 0; i < count[$2]; i++) { split(line[$2, i], p, " "); note(p[1] + $3, p[2], p[3], p[4]) } next }
phrase != ""   { line[phrase, count[phrase]++] = $0; next }
               { note($1, $2, $3, $4) }

END { for (i = 0; i < length_; i++) printf "%.6f %.5f\n", i / rate, wave[i] }
