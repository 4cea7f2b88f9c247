/// The driver of a live Ruby session.
extension DriverScript {
    static let ruby = DriverScript(
        arguments: ["--"],
        quoted: singleQuoted,
        text: #"""
            # The driver of a live Ruby session: reads messages, runs cells, and tells the host what they left.
            #
            # A cell is evaluated at the top level, whose local variables stay. The driver itself is an object of a class without a
            # name, and calls what Kernel has by a receiver: a cell may define a method `open` for every object.
            require "stringio"

            Class.new do
              def initialize
                @control, @event, @output, @message, @state = @CONTROL@, @EVENT@, @OUTPUT@, @MESSAGE@, @STATE@
                @name, @start = @NAME@, @START@
                @limit = 1 << 20
                @process = Process.pid
                @streams = [STDIN, STDOUT, STDERR]
                @main = TOPLEVEL_BINDING.receiver
                @definitions = {}
                @environment = ENV.to_h
                @load_path = $LOAD_PATH.dup
                @globals = Kernel.global_variables
                @methods = own_methods
                Signal.trap("INT") { Kernel.raise Interrupt, "" if @is_running }
                Signal.trap("TERM") { Kernel.raise SignalException, "TERM" if @is_running }
                # A cell's terminal is taken away when it ends. Children do not inherit a handler.
                Signal.trap("HUP") {}
                Dir.chdir(@start)
                tell("R")
                Kernel.loop { Kernel.exit(0) if receive == :quit }
              end

              def tell(line)
                File.open(@event, "wb") { |event| event.syswrite("#{line}\n") }
              end

              def receive
                number = File.open(@control, "rb") { |control| read_line(control) }.to_i
                message = StringIO.new(File.binread(@message))
                kind, line, count, terminal = message.gets.split
                place, capture = message.gets.chomp, message.gets.chomp
                count.to_i.times do
                  name, length = message.gets.split
                  ENV[name] = message.read(length.to_i)
                  message.gets
                end
                code = (message.read || "").force_encoding(Encoding::UTF_8)
                attach(capture, terminal)
                return :quit if kind == "quit"
                status = kind == "restore" ? restore(code) : guarded { Dir.chdir(place) unless place.empty?; run(code, line.to_i) }
                @streams.drop(1).each { |stream| stream.flush rescue nil }
                # A child that a cell has forked is not the session.
                Process.exit!(status) if Process.pid != @process
                save(number) rescue nil
                tell("E #{number} #{status} 0")
              end

              # Byte by byte: what comes after the line is not for this message.
              def read_line(control)
                line = +""
                begin
                  line << control.sysread(1) until line.end_with?("\n")
                rescue Errno::EINTR
                  retry
                end
                line
              end

              def attach(capture, terminal)
                output = terminal || @output
                outputs = [terminal || "/dev/null", capture.empty? ? output : capture, output]
                @streams.each_with_index { |stream, index| stream.reopen(outputs[index], index == 0 ? "r" : "w") }
                $stdin, $stdout, $stderr = @streams
                [$stdout, $stderr].each { |stream| stream.sync = true }
              end

              # MARK: - Cells

              def guarded
                @frames = nil
                @is_running = true
                yield
                0
              rescue SystemExit => error
                error.status & 255
              rescue SignalException => error
                128 + error.signo
              rescue Exception => error
                show(error)
                1
              ensure
                @is_running = false
              end

              def run(code, line)
                statements = read(code)
                @frames = Kernel.caller(0)
                value = TOPLEVEL_BINDING.eval(code, @name, line)
                statements.each { |statement| remember(statement, code, line) }
                $stdout.puts("=> #{value.inspect}") unless value.nil? || statements.empty? || silent?(statements.last)
              end

              # The statements of the top level; none when the code cannot be read: evaluating it tells why.
              def read(code)
                verbose, $VERBOSE = $VERBOSE, nil
                body = RubyVM::AbstractSyntaxTree.parse(code).children.last
                (body.nil? ? [] : body.type == :BLOCK ? body.children : [body]).compact
              rescue NameError, SyntaxError
                []
              ensure
                $VERBOSE = verbose
              end

              # An assignment and a definition have a value too, which nobody asks for.
              def silent?(statement)
                statement.type.match?(/ASGN|CDECL/) || key(statement)
              end

              def show(error)
                one = error
                while one
                  trace = one.backtrace.to_a
                  # Below the driver's own frames stands the call that evaluates; a thread has none of them.
                  one.set_backtrace(@frames ? trace[0...-@frames.size - 1] : []) if !@frames || trace.last == @frames.last
                  one = one.cause
                end
                # What cannot be read names its place itself.
                names_place = error.is_a?(SyntaxError) && error.message.start_with?("#{@name}:")
                text = error.backtrace.to_a.empty? || names_place ? error.message : error.full_message(highlight: false, order: :top)
                @streams[2].write(text.end_with?("\n") ? text : "#{text}\n")
              end

              # MARK: - State

              # What a definition is kept under; nil for any other statement.
              def key(node)
                first, second = node.children
                case node.type
                when :DEFN then "def #{first}"
                when :DEFS then "def self.#{second}" if first.type == :SELF
                when :CLASS, :MODULE then "class #{first.children.last}"
                when :CDECL then "class #{first}" if names_module?(first)
                when :FCALL then :call if %i[require require_relative include using private public].include?(first)
                end
              end

              def names_module?(name)
                name.is_a?(Symbol) && Object.const_defined?(name) && Object.const_get(name).is_a?(Module)
              end

              def remember(node, code, line)
                key = key(node) or return
                lines = code.b.lines[node.first_lineno - 1..node.last_lineno - 1]
                lines[-1] = lines[-1][0...node.last_column]
                lines[0] = lines[0][node.first_column..]
                text = lines.join.force_encoding(Encoding::UTF_8)
                key = text if key == :call
                # A class may be opened again; of a method only the last definition counts.
                before = key.start_with?("class ") ? @definitions.fetch(key, []) - [[text, @definitions.dig(key, 0, 1)]] : []
                @definitions.delete(key) unless key.start_with?("class ")
                @definitions[key] = before.reject { |other, _| other == text } + [[text, line + node.first_lineno - 1]]
              end

              def own_methods
                Object.private_instance_methods(false) + Object.instance_methods(false)
              end

              def save(number)
                File.open(@state, "wb") do |file|
                  file.write("#{number}\n")
                  here = Dir.pwd
                  entry(file, "the working directory", "directory #{here.dump}") if here != @start
                  (@environment.keys | ENV.keys).each do |name|
                    value = ENV[name]
                    next if value == @environment[name] || name == "PWD"
                    entry(file, "environment variable #{name}", "environment #{name.dump}, #{value ? value.dump : 'nil'}", value || "", value && name !~ /\W/ ? "x" : "")
                  end
                  ($LOAD_PATH - @load_path).each { |path| entry(file, "load path #{path}", "load_path #{path.to_s.dump}") }
                  save_definitions(file)
                  save_variables(file)
                end
              end

              def save_definitions(file)
                @definitions.each do |key, texts|
                  label = key.start_with?("def ", "class ") ? "definition of #{key[/ (.*)/, 1]}" : key.lines.first.chomp
                  code = texts.map { |text, line| "define #{text.dump}, #{line}" }.join("; ")
                  entry(file, label, code, texts.map(&:first).join("\n"))
                end
                (own_methods - @methods).each do |name|
                  next if Object.instance_method(name).source_location&.first != @name
                  entry(file, "definition of #{name}") if @definitions.keys.none?(/\bdef #{Regexp.escape(name)}(?![\w?!=])/)
                end
              end

              def save_variables(file)
                TOPLEVEL_BINDING.local_variables.each do |name|
                  save_value(file, name, TOPLEVEL_BINDING.local_variable_get(name))
                end
                @main.instance_variables.each { |name| save_value(file, name, @main.instance_variable_get(name)) }
                (Kernel.global_variables - @globals).each do |name|
                  # `binding` has no access to them; a name that stands here is a name and nothing else.
                  save_value(file, name, TOPLEVEL_BINDING.eval(name.to_s))
                end
                Object.constants.each do |name|
                  next if Object.autoload?(name) || Object.const_source_location(name)&.first != @name
                  value = Object.const_get(name)
                  if !value.is_a?(Module)
                    save_value(file, name, value)
                  elsif !@definitions.key?("class #{name}")
                    entry(file, "definition of #{name}")
                  end
                end
              end

              def save_value(file, name, value)
                parts, size, limit = [], 0, @limit
                target = Object.new
                target.define_singleton_method(:write) do |part|
                  Kernel.throw :large if (size += part.bytesize) > limit
                  parts << part.b
                  part.bytesize
                end
                is_whole = Kernel.catch(:large) { Marshal.dump(value, target) }
                return entry(file, "variable #{name}: larger than 1 MiB") unless is_whole
                raw = parts.join
                plain = value.is_a?(String) ? value.b : raw + (value.is_a?(Numeric) ? value.to_s : "")
                entry(file, "variable #{name}", "variable #{name.to_s.dump}, \"#{[raw].pack('m0')}\"", plain)
              rescue StandardError
                entry(file, "variable #{name}: cannot be saved")
              end

              def entry(file, label, code = "", plain = "", exported = "")
                return entry(file, "#{label}: larger than 1 MiB") if code.bytesize > @limit
                code += "\n" unless code.empty?
                file.write("#{label.bytesize} #{code.bytesize} #{plain.bytesize} #{exported}\n", label.b, code.b, plain.b)
              end

              def restore(code)
                code.each_line do |line|
                  instance_eval(line)
                rescue Exception => error
                  @streams[1].write("#{line[/\A\w+ "?[\w.$@ -]*/]}: #{error.message.lines.first}\n")
                end
                0
              end

              # The words of a saved state.

              def directory(path)
                Dir.chdir(path)
              end

              def environment(name, value)
                ENV[name] = value
              end

              def load_path(path)
                $LOAD_PATH.unshift(path)
              end

              def define(text, line)
                TOPLEVEL_BINDING.eval(text, @name, line)
                read(text).each { |statement| remember(statement, text, line) }
              end

              def variable(name, text)
                value = Marshal.load(text.unpack1("m0"))
                case name
                when /\A@/ then @main.instance_variable_set(name, value)
                when /\A\$/ then TOPLEVEL_BINDING.eval("->(value) { #{name} = value }").call(value)
                when /\A[[:upper:]]/ then Object.const_set(name, value)
                else TOPLEVEL_BINDING.local_variable_set(name, value)
                end
              end
            end.new
            """#
    )
}
