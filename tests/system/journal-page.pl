# The chain and the seals of a journal, checked by what loaxa-journal(5) says and by nothing else of ours.
# journal-page.pl JOURNAL.DB: "rows N seals N keys N", or what is wrong and exit 1.
use strict;
use warnings;
use Digest::SHA qw(sha256);
use File::Temp qw(tempdir);
use JSON::PP;

$SIG{__DIE__} = sub { print STDERR @_; exit 1 };
my $dir = tempdir(CLEANUP => 1);

sub number { pack 'q>', $_[0] }
sub string { defined $_[0] ? number(length $_[0]) . $_[0] : "\xff" x 8 }
sub hex_of { pack 'H*', $_[0] }

sub put {
	my ($name, $bytes) = @_;
	open my $f, '>:raw', "$dir/$name" or die;
	print $f $bytes;
	close $f;
}

sub signed {
	my ($key, $bytes, $signature) = @_;
	put('key', hex_of('302a300506032b6570032100') . hex_of($key));
	put('bytes', $bytes);
	put('signature', hex_of($signature));
	return !system "openssl pkeyutl -verify -pubin -keyform DER -inkey $dir/key -rawin -in $dir/bytes -sigfile $dir/signature >$dir/out 2>&1";
}

my $sql = 'SELECT seq, wall_us, mono_us, hex(boot), clock, hex(kind), iif(airing IS NULL, char(45), hex(airing)), planned_us, hex(body),'
	. ' rehearsal, hex(hash) FROM row ORDER BY seq';
open my $rows, '-|', 'sqlite3', '-readonly', $ARGV[0], $sql or die;
my ($before, $n, $seals, $keys, $key) = ("\0" x 32, 0, 0, 0, undef);
while (<$rows>) {
	chomp;
	my ($seq, $wall, $mono, $boot, $clock, $kind, $airing, $planned, $body, $rehearsal, $hash) = split /\|/;
	($boot, $kind, $body) = map { hex_of $_ } $boot, $kind, $body;
	$airing = $airing eq '-' ? undef : hex_of $airing;
	my $is = sha256($before, number($seq), number($wall), number($mono), string($boot), number($clock), string($kind),
		string($airing), number($planned), string($body), number($rehearsal));
	die "row $seq is out of its place\n" if $seq != ++$n;
	die "row $seq does not continue the chain\n" if $is ne hex_of $hash;
	my $j = $kind eq 'seal' || $kind eq 'key' ? decode_json $body : undef;
	if ($kind eq 'key') {
		my $first = !defined $j->{previous};
		die "key in row $seq does not follow\n" if defined $key && !$first && $j->{previous} ne $key;
		my $bytes = string('loaxa key 1') . string($j->{station}) . hex_of($j->{public}) .
			($first ? "\0" x 32 : hex_of $j->{previous}) . number($j->{lost} ? 1 : 0) . number($rehearsal);
		signed($first || $j->{lost} ? $j->{public} : $j->{previous}, $bytes, $j->{signature}) or die "key in row $seq\n";
		$key = $j->{public};
		$keys++;
	} elsif ($kind eq 'seal') {
		die "seal in row $seq is not about the row before\n"
			if $j->{seq} != $seq - 1 || hex_of($j->{head}) ne $before || $j->{key} ne $key;
		signed($key, string('loaxa seal 1') . string($j->{station}) . number($j->{seq}) . hex_of($j->{head}) . number($rehearsal),
			$j->{signature}) or die "seal in row $seq\n";
		$seals++;
	}
	$before = $is;
}
print "rows $n seals $seals keys $keys\n";
