# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: fleet.pl tap|ktap|junit FILE
# Prints "HOST VERDICT" for each test of an answer about many hosts, as the form's readers see it, and
# what is wrong with it.
use strict;
use warnings;
use TAP::Parser;

my ($form, $file) = @ARGV;
my %kinds = (vulnerable => 'fail', broken => 'fail', unknown => 'error', inconclusive => 'skip',
	skipped => 'skip', fixed => 'pass', 'not-affected' => 'pass');
my (%seen, %number);

sub told {
	my ($name, $verdict, $kind) = @_;
	my $wanted = $kinds{$verdict} // 'none';

	# TAP's word for both is the same.
	$wanted = 'fail' if $wanted eq 'error' && $form ne 'junit';
	print "$name: $verdict is no $kind\n" if $kind ne $wanted;
	print "twice: $name\n" if $seen{$name}++;
	print "$name $verdict\n";
	$number{$kinds{$verdict} // 'none'}++;
}

open(my $in, '<:raw', $file) or die "$file: $!\n";
my $text = do { local $/; <$in> };
print "characters that do not belong into it\n" if $text =~ /[\x00-\x09\x0b-\x1f\x7f]/;

if ($form eq 'junit') {
	my ($output) = $text =~ m{<system-out>(.*)</system-out>}s;

	while ($text =~ m{<testcase classname="([^"]*)" name="([^"]*)" time="0\.000000"(?:/>|>\s*<(\w+) message="([a-z-]+)[:"])}g) {
		my ($class, $name, $element, $verdict) = ($1, $2, $3, $4);
		my %of = (failure => 'fail', error => 'error', skipped => 'skip');

		print "a class $class\n" if $class ne 'host';
		($verdict) = $output =~ /^\Q$name\E: ([a-z-]+):/m unless $element;
		told($name, $verdict // 'none', $element ? $of{$element} : 'pass');
	}
	exit;
}
my $parser = TAP::Parser->new({ tap => $text });
my ($before, $last, $totals) = ('', undef, '');
while (my $result = $parser->next) {
	if ($result->is_comment) {
		$before .= $result->as_string . "\n" unless $result->as_string =~ /^# iommu-resettest /;
		$totals = $result->as_string if $result->as_string =~ /^# Totals:/;
	} elsif ($result->is_test) {
		my $kind = $result->has_skip ? 'skip' : $result->is_ok ? 'pass' : 'fail';
		my $name = $result->description;

		$name =~ s/^- //;
		print "a skip without a reason: $name\n" if $kind eq 'skip' && $result->explanation !~ /\w/;
		print "todo: $name\n" if $result->has_todo;
		$last = [$name, $kind];
		told($name, $before =~ /^# ([a-z-]+):/ ? $1 : 'none', $kind) if $form eq 'ktap';
		$before = '';
	} elsif ($result->is_yaml) {
		print "no message: $last->[0]\n" unless $result->data->{message} =~ /\w/;
		told($last->[0], $result->data->{verdict}, $last->[1]);
	} elsif (!$result->is_plan && !$result->is_version && $result->as_string ne 'KTAP version 1') {
		print 'a line of no kind: ' . $result->as_string . "\n";
	}
}
print "$_\n" for $parser->parse_errors;
print "a plan that is not kept\n" unless $parser->is_good_plan;
if ($form eq 'ktap') {
	my ($pass, $fail, $skip, $error) = map { $number{$_} // 0 } qw(pass fail skip error);
	print "the totals: $totals\n" unless $totals eq
		"# Totals: pass:$pass fail:$fail xfail:0 xpass:0 skip:$skip error:$error";
}
