/// The driver of a live Perl session.
extension DriverScript {
    static let perl = DriverScript(
        arguments: ["--"],
        quoted: singleQuoted,
        text: #"""
            # The driver of a live Perl session: reads messages, runs cells, and tells the host what they left.
            #
            # `my` lasts as long as the text that it stands in. So the text of a cell ends with the wait for the next one, which is
            # evaluated right there: it sees the variables and the pragmas, as the next lines of a file would.

            # Up here the first cell finds no pragma and no variable of the driver.
            sub __casebook::run { CORE::evalbytes(shift) }

            package __casebook;
            use strict;
            use warnings;
            use B ();
            use B::Deparse ();
            use Carp ();
            use MIME::Base64 ();
            use POSIX ();
            use Scalar::Util ();
            use Storable ();

            our ($control, $event, $output, $message, $state) = (@CONTROL@, @EVENT@, @OUTPUT@, @MESSAGE@, @STATE@);
            our ($name, $start) = (@NAME@, @START@);
            our $limit = 1 << 20;
            our $process = $$;
            our ($number, $status, $running, $line, $text, $failure) = (0, 0, 0, 0, '', '');
            our (@declared, @packages, @uses);

            # What stands behind every cell. The block is what `exit` leaves.
            our $rest = <<'END';
            ;package main; __casebook_again: __casebook::report(eval __casebook::variables());
            __casebook_cell: { CORE::evalbytes(__casebook::receive()) }
            CORE::evalbytes(__casebook::unread($@)); __casebook::settle($@); goto __casebook_again;
            END

            # MARK: - Channels

            # Descriptors, not handles: messages of cells would name a handle that was read from.
            sub read_file {
                my ($path, $is_line) = @_;
                my $file = POSIX::open($path, POSIX::O_RDONLY()) // return '';
                my $bytes = '';
                until ($is_line && $bytes =~ /\n/) {
                    my $count = POSIX::read($file, my $part, $is_line ? 1 : 65536);
                    next if !defined $count && $!{EINTR};
                    last if !defined $count || $count == 0;
                    $bytes .= substr $part, 0, $count;
                }
                POSIX::close($file);
                return $bytes;
            }

            sub put {
                my ($file, $bytes) = @_;
                while (length $bytes) {
                    my $count = POSIX::write($file, $bytes, length $bytes);
                    if (defined $count) { substr($bytes, 0, $count) = '' }
                    elsif (!$!{EINTR}) { return }
                }
            }

            sub write_file {
                my ($path, $bytes) = @_;
                my $file = POSIX::open($path, POSIX::O_WRONLY() | POSIX::O_TRUNC()) // return;
                put($file, $bytes);
                POSIX::close($file);
            }

            sub attach {
                my ($capture, $terminal) = @_;
                my $shown = $terminal // $output;
                my @paths = ($terminal // '/dev/null', length $capture ? $capture : $shown, $shown);
                my @handles = (\*STDIN, \*STDOUT, \*STDERR);
                for my $target (0 .. 2) {
                    my $file = POSIX::open($paths[$target], $target ? POSIX::O_WRONLY() : POSIX::O_RDONLY());
                    if ($file != $target) {
                        POSIX::dup2($file, $target);
                        POSIX::close($file);
                    }
                    my $handle = $handles[$target];
                    untie *$handle;
                    next if defined fileno $handle && fileno $handle == $target;
                    open $handle, $target ? '>&=' : '<&=', $target;
                }
                $_->autoflush for @handles[1, 2];
                select STDOUT;
            }

            # MARK: - Cells

            # The text to evaluate next.
            sub receive {
                local ($!, $@);
                my $order = '';
                $order = read_file($control, 1) until $order =~ /\n/;
                $number = $order + 0;
                my $rest_of_it = read_file($message);
                my $take = sub { substr $rest_of_it, 0, $_[0], '' };
                my $take_line = sub { my $one = $take->(1 + index $rest_of_it, "\n"); chop $one; $one };
                (my $kind, $line, my $count, my $terminal) = split / /, $take_line->();
                my ($place, $capture) = ($take_line->(), $take_line->());
                for (1 .. $count) {
                    my ($key, $length) = split / /, $take_line->();
                    $ENV{$key} = $take->($length);
                    $take_line->();
                }
                attach($capture, $terminal);
                rearm();
                CORE::exit(0) if $kind eq 'quit';
                ($status, $failure) = (0, '');
                return restored($rest_of_it) . $rest if $kind eq 'restore';
                if (length $place && !chdir $place) {
                    put(2, "$name: $place: $!\n");
                    $status = 1;
                    return '';
                }
                $text = $rest_of_it;
                note($text);
                # What overrides `system` cannot take a block that names the program.
                no warnings 'redefine';
                if ($text =~ /\bsystem\s*\{/) { undef *CORE::GLOBAL::system }
                else { *CORE::GLOBAL::system = \&run_system }
                $running = 1;
                # A message about the last token names the line of the one behind it.
                my $last = $line + ($text =~ tr/\n//) - ($text =~ /\n\z/ ? 1 : 0);
                # The bytes are read as the pragma says that is in force where the cell stands.
                my $utf8 = (caller 0)[8] & 0x00800000 ? 'use utf8;' : '';
                return $utf8 . at_line($line) . $text . at_line($last) . $rest;
            }

            # A signal that ends a `system` leaves two others ignored, and one blocked.
            sub rearm {
                for my $signal ('INT', 'QUIT') {
                    my $handler = $SIG{$signal} // 'DEFAULT';
                    $SIG{$signal} = $handler;
                }
                POSIX::sigprocmask(POSIX::SIG_UNBLOCK(), POSIX::SigSet->new(POSIX::SIGCHLD()));
            }

            # Where to look for variables and subs afterwards.
            sub note {
                my $code = shift;
                push @declared, map { /([A-Za-z_]\w*)/g } $code =~ /\b(?:my|our|state)\s*(\([^()]*\)|[\$\@%]\w+)/g;
                push @packages, $code =~ /\bpackage\s+([A-Za-z_][\w:]*)/g, $code =~ /^(?:sub |[\$\@%])([A-Za-z_][\w:]*)::\w/;
            }

            sub at_line {
                my $line = shift;
                (my $file = $name) =~ tr/"\n/' /;
                return "\n#line $line \"$file\"\n";
            }

            # Ends the cell. No `eval` of it can hold that up, but in a handler or a sort block only an exception leads out.
            sub leave {
                $status = shift;
                local $SIG{__DIE__};
                no warnings 'exiting';
                eval { last __casebook_cell };
                die bless [], '__casebook::end';
            }

            sub leave_session {
                my $code = @_ ? $_[0] : 0;
                CORE::exit($code) if $$ != $process || !$running;
                $running = 0;
                leave($code & 255);
            }

            # While `system` waits, only its child hears of an interrupt; the next command would run.
            sub run_system {
                no warnings 'exec';
                my $result = CORE::system(@_);
                leave(130) if $running && ($? & 127) == POSIX::SIGINT();
                return $result;
            }

            # The cells before stand below a cell on the stack, each with its text.
            BEGIN {
                no warnings 'redefine';
                my $backtrace = \&Carp::ret_backtrace;
                *Carp::ret_backtrace = sub {
                    my ($depth, @message) = @_;
                    return $backtrace->($depth + 1, @message) =~ s/^\teval '(?:use utf8;)?\n#line .*//msr;
                };
            }

            BEGIN {
                no warnings 'once';
                *CORE::GLOBAL::exit = sub (;$) { goto &leave_session };
                *CORE::GLOBAL::system = \&run_system;
            }

            # After a cell that did not come to its end. What could not be read is read again without what stands behind it, as the
            # message would name that; nothing of it runs.
            sub unread {
                $failure = shift;
                return '' if ref $failure || $failure !~ /__casebook/;
                return 'return;' . at_line($line) . $text;
            }

            sub settle {
                my $message = shift || $failure;
                my $is_over = $running ? ref $message eq '__casebook::end' : 1;
                $status = 1, put(2, "$message") if !$is_over && (ref $message || length $message);
                return;
            }

            sub report {
                $running = 0;
                # A child that a cell has forked is not the session.
                POSIX::_exit($status) if $$ != $process;
                local ($@, $!, $?, $SIG{__DIE__}, $SIG{__WARN__});
                remember_uses($text =~ /(?:^|\G[ \t]+)((?:use|no)\s[^;]*;)/mg) if !$status;
                eval { write_file($state, $number . "\n" . join '', entries(@_)) };
                $text = '';
                write_file($event, $number ? "E $number $status 0\n" : "R\n");
                return;
            }

            # MARK: - State

            sub remember_uses {
                for my $one (@_) { push @uses, $one if !grep { $_ eq $one } @uses }
            }

            # The code that gives what cells have declared, where it can be seen.
            sub variables {
                my %names = map { $_ => 1 } @declared;
                @declared = sort keys %names;
                return 'no strict; no warnings; (' . join(', ', map { ("\\\$$_", "\\\@$_", "\\%$_") } @declared) . ')';
            }

            sub entry {
                my ($label, $code, $plain, $exported) = (@_, ('') x (4 - @_));
                return entry("$label: larger than 1 MiB") if length $code > $limit;
                # A line that no code of ours holds, between an entry and the next.
                $code .= "\n#--\n" if length $code;
                utf8::encode($_) for grep { utf8::is_utf8($_) } $label, $code, $plain, $exported;
                return join(' ', length $label, length $code, length $plain, $exported) . "\n$label$code$plain";
            }

            sub quoted {
                my $bytes = shift;
                $bytes =~ s/([^\x20-\x7e]|["\\\$\@])/sprintf '\\x%02x', ord $1/ge;
                return "\"$bytes\"";
            }

            our (%environment, %first);

            sub entries {
                my @references = @_;
                my @entries;
                my $here = POSIX::getcwd() // '';
                push @entries, entry('the working directory', 'chdir ' . quoted($here) . ';') if $here ne $start;
                for my $key (sort keys %{{ %environment, %ENV }}) {
                    my ($old, $new) = ($environment{$key}, $ENV{$key});
                    next if $key eq 'PWD' || defined $old && defined $new && $old eq $new;
                    my $target = '$ENV{' . quoted($key) . '}';
                    my $code = defined $new ? "$target = " . quoted($new) . ';' : "delete $target;";
                    push @entries, entry("environment variable $key", $code, $new // '', defined $new && $key !~ /\W/ ? 'x' : '');
                }
                push @entries, map { entry(/^([^;\n]*)/, $_) } @uses;
                my %packages = map { $_ => 1 } 'main', @packages;
                for my $key (@declared) {
                    for my $sigil ('$', '@', '%') {
                        my $reference = shift @references;
                        next if !$reference;
                        my ($package) = grep { $reference == of_package($_, $sigil, $key) } keys %packages;
                        if (!$package) { push @entries, value("my $sigil$key", "$sigil$key", $reference) }
                        elsif ($package ne 'main') {
                            my $code = "package $package; our $sigil$key; package main;";
                            push @entries, entry("declaration of $sigil${package}::$key", $code);
                        }
                    }
                }
                my @subs;
                for my $package (sort keys %packages) {
                    no strict 'refs';
                    for my $key (sort keys %{"${package}::"}) {
                        next if $key !~ /^[A-Za-z_]\w*\z/ || $package eq 'main' && ($first{$key} || $key =~ /^__casebook/);
                        my $full = "${package}::$key";
                        push @subs, definition($package eq 'main' ? $key : $full, \&$full) if defined &$full;
                        next if ref \${"${package}::"}{$key} ne 'GLOB';
                        my $flags = B::svref_2object(\*$full)->GvFLAGS;
                        for (['$', 0x10, *$full{SCALAR}], ['@', 0x20, *$full{ARRAY}], ['%', 0x40, *$full{HASH}]) {
                            my ($sigil, $imported, $reference) = @$_;
                            next if !$reference || $flags & $imported;
                            next if !($sigil eq '$' ? defined $$reference : $sigil eq '@' ? @$reference : %$reference);
                            push @entries, value("$sigil$full", "$sigil$full", $reference) if $package ne 'main';
                            push @entries, value("our $sigil$key", "$sigil$key", $reference) if $package eq 'main';
                        }
                    }
                }
                return @entries, @subs;
            }

            sub of_package {
                my ($package, $sigil, $key) = @_;
                no strict 'refs';
                return $sigil eq '$' ? \${"${package}::$key"} : $sigil eq '@' ? \@{"${package}::$key"} : \%{"${package}::$key"};
            }

            sub value {
                my ($target, $key, $reference) = @_;
                my $label = "variable $key";
                my $sigil = substr $key, 0, 1;
                local $Storable::canonical = 1;
                my ($plain, $frozen) = eval { (plain($reference), Storable::freeze($reference)) };
                return entry("$label: " . ($@ =~ /^larger/ ? 'larger than 1 MiB' : 'cannot be saved')) if !defined $frozen;
                return entry($label, "$target = $sigil\{__casebook::thaw('" . MIME::Base64::encode_base64($frozen, '') . "')};", $plain);
            }

            sub thaw { Storable::thaw(MIME::Base64::decode_base64(shift)) }

            # The texts and numbers below a value.
            sub plain {
                my @open = @_;
                my ($size, @texts, %seen) = 0;
                while (@open) {
                    my $one = pop @open;
                    my $type = Scalar::Util::reftype($one) // '';
                    if ($type eq '' || $type eq 'REGEXP') { push @texts, defined $one ? "$one" : '' }
                    elsif ($seen{Scalar::Util::refaddr($one)}++) { next }
                    elsif ($type eq 'HASH') { push @open, %$one }
                    elsif ($type eq 'ARRAY') { push @open, @$one }
                    elsif ($type =~ /^(?:SCALAR|REF|VSTRING)\z/) { push @open, $$one }
                    else { die "cannot be saved\n" }
                    $size += 8 + length($texts[-1] // '');
                    die "larger than 1 MiB\n" if $size > $limit;
                }
                utf8::encode($_) for grep { utf8::is_utf8($_) } @texts;
                return join "\n", @texts;
            }

            our %deparsed;

            sub definition {
                my ($key, $code) = @_;
                my $object = B::svref_2object($code);
                return if $object->FILE ne ($name =~ tr/"\n/' /r) || ref $object->ROOT eq 'B::NULL';
                my ($label, $root) = ("definition of $key", ${ $object->ROOT });
                $deparsed{$root} //= eval { B::Deparse->new('-l')->coderef2text($code) } // return entry($label);
                # Texts as they are, which the code may hold in another form.
                my @texts = map { $_->isa('B::PV') && defined $_->PV ? $_->PV : () } $object->PADLIST->ARRAYelt(1)->ARRAY;
                return entry($label, "sub $key $deparsed{$root}", join "\n", $deparsed{$root}, @texts);
            }

            # The entries that can be restored, as one text: what they declare must be seen behind it.
            sub restored {
                my (@good, @names);
                for my $code (split /^#--\n/m, shift) {
                    # A sub is only read, with the variables that it may name.
                    my $trial = $code =~ s/^sub \S+/@names return; sub/r;
                    no strict;
                    no warnings;
                    if (CORE::evalbytes("package main; no strict; $trial; 1") || $@ eq '') {
                        push @good, $code;
                        remember_uses($code =~ /^((?:use|no)\s.*;)$/s);
                        note($code);
                        push @names, $code =~ /^((?:package [\w:]+; our|my|our) [\$\@%]\w+)/ ? "$1; package main;" : ();
                    }
                    else { put(1, $code =~ /^([^=;{]*\w)/ ? "$1: $@" : $@) }
                }
                return join "\n", 'package main;', @good, '';
            }

            # MARK: - Start

            %environment = %ENV;
            %first = map { $_ => 1 } keys %main::;
            $SIG{INT} = sub { leave(130) if $running };
            $SIG{TERM} = sub { leave(143) if $running };
            # A cell's terminal is taken away when it ends. Children do not inherit a handler.
            $SIG{HUP} = sub { };
            chdir $start;
            attach('');
            run($rest);
            """#
    )
}
