# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: tap.pl tap|ktap FILE PASS FAIL SKIP INCONCLUSIVE REFUSED POINTS VERDICT BAD
# Reads one answer as prove does, and compares it with those numbers: the steps by verdict, the
# functions that were refused, the different steps, the run's verdict, and whether the whole must
# count as failed (1) or not (0). Prints what is wrong; exit status 1 when something is.
use strict;
use warnings;
use TAP::Parser;

my ($form, $file, @want) = @ARGV;
die "usage: tap.pl FORM FILE NUMBER...\n" unless @want == 8;
my ($points, $verdict, $bad) = splice(@want, 5);
my @names = qw(pass fail skip inconclusive);
my $wrong = 0;

sub wrong { print "$file: @_\n"; $wrong = 1 }

open(my $in, '<:raw', $file) or die "$file: $!\n";
my $text = do { local $/; <$in> };
wrong('no newline at the end') unless $text =~ /\n\z/;
wrong('characters that do not belong into a line') if $text =~ /[\x00-\x09\x0b-\x1f\x7f]/;
my @lines = split(/\n/, $text);
wrong("first line: $lines[0]")
	unless $lines[0] eq ($form eq 'tap' ? 'TAP version 13' : 'KTAP version 1');
wrong("second line: $lines[1]") unless $lines[1] =~ /^1\.\.[1-9]\d*$/;

my $parser = TAP::Parser->new({ tap => $text });
my (%steps, %seen, $steps_line, $totals_line, $last, %kinds);
my ($refused, $tests, $bailed, $before) = (0, 0, 0, '');
$steps{$_} = 0 for @names;
$kinds{$_} = 0 for qw(pass fail skip);

# The steps that a point stands for: as it counts them, or the one of its own verdict.
sub take_steps {
	my ($explained, $own) = @_;

	if ($explained =~ /^\s*(?:# )?(\d+) steps: (.*)$/m) {
		my ($sum, $counts) = ($1, $2);
		for (split(/, /, $counts)) {
			my ($number, $name) = split(/ /);
			$steps{$name} += $number;
			$sum -= $number;
		}
		wrong("counts that do not add up: $counts") if $sum;
	} else {
		$steps{$own}++;
	}
}

while (my $result = $parser->next) {
	if ($result->is_comment) {
		$before .= $result->as_string . "\n";
		$refused++ if $result->as_string =~ /^# refused: /;
		$steps_line = $result->as_string if $result->as_string =~ /^# Steps: /;
		$totals_line = $result->as_string if $result->as_string =~ /^# Totals: /;
	} elsif ($result->is_test) {
		my ($name, $skip) = ($result->description, $result->has_skip);
		my $kind = $skip ? 'skip' : $result->is_ok ? 'pass' : 'fail';

		$name =~ s/^- //;
		$tests++;
		$kinds{$kind}++;
		$last = [$name, $kind, $result->explanation];
		wrong("a name that comes twice: $name") if $seen{$name}++;
		wrong("a name like this: $name")
			unless $name =~ /^(verdict|[a-z-]+( [^ #]+){1,2})$/;
		wrong("a skip without a reason: $name") if $skip && $result->explanation !~ /\w/;
		wrong("todo: $name") if $result->has_todo;
		if ($form eq 'ktap' && $name ne 'verdict') {
			take_steps($before, $kind ne 'skip' ? $kind :
				$result->explanation =~ /inconclusive: / ? 'inconclusive' : 'skip');
		}
		$before = '';
	} elsif ($result->is_yaml) {
		my $data = $result->data;
		my $own = $data->{verdict};

		if ($last->[0] eq 'verdict') {
			wrong("verdict $own") unless $own eq $verdict;
			next;
		}
		wrong("verdict $own of a point that is $last->[1]")
			unless ($own eq 'inconclusive' ? 'skip' : $own) eq $last->[1];
		wrong("no message: $last->[0]") unless $data->{message} =~ /\w/;
		take_steps($data->{evidence}, $own);
	} elsif ($result->is_bailout) {
		$bailed = 1;
	} elsif ($result->is_unknown && $form eq 'ktap' && $result->as_string eq $lines[0]) {
		next;
	} elsif (!$result->is_plan && !$result->is_version) {
		wrong('line of no kind: ' . $result->as_string);
	}
}
wrong($_) for $parser->parse_errors;
wrong('a plan that is not kept') unless $bailed || $parser->is_good_plan;
wrong("$tests points instead of " . ($points + 1)) unless $tests == $points + 1;
wrong("the last point is $last->[0]") unless $last->[0] eq 'verdict';
wrong("the verdict $verdict is a $last->[1]") unless $last->[1] eq ($bad ? 'fail' :
	$verdict eq 'fixed' || $verdict eq 'not-affected' ? 'pass' : 'skip');
wrong("has_problems() is not $bad") unless ($parser->has_problems || $bailed ? 1 : 0) == $bad;
wrong("$refused refused instead of $want[4]") unless $refused == $want[4];
for my $i (0 .. 3) {
	wrong("$steps{$names[$i]} steps $names[$i] instead of $want[$i]")
		unless $steps{$names[$i]} == $want[$i];
}
wrong("the sum: $steps_line") unless $steps_line eq
	"# Steps: pass:$want[0] fail:$want[1] skip:$want[2] inconclusive:$want[3] refused:$want[4]";
if ($form eq 'ktap') {
	wrong("the totals: $totals_line") unless $totals_line eq
		"# Totals: pass:$kinds{pass} fail:$kinds{fail} xfail:0 xpass:0 skip:$kinds{skip} error:0";
}
exit $wrong;
