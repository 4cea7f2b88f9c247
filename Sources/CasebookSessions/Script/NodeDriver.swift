/// The driver of a live Node.js session.
extension DriverScript {
    static let node = DriverScript(
        arguments: ["--"],
        quoted: javaScriptQuoted,
        text: nodeCells + nodeState
    )

    /// A literal in double quotes; a path whose bytes are not UTF-8 is not found by Node.js.
    private static func javaScriptQuoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            scalar.value < 0x20 || "\"\\\u{2028}\u{2029}".unicodeScalars.contains(scalar)
                ? "\\u{" + String(scalar.value, radix: 16) + "}" : String(scalar)
        }
        return "\"" + escaped.joined() + "\""
    }

    /// How it reads messages and runs cells.
    private static let nodeCells = #"""
        'use strict';
        // The driver of a live Node.js session: reads messages, runs cells, and tells the host what they left.
        //
        // A cell is evaluated as the inspector's console would: names may be declared again, and `await` needs no function. It
        // ends when its promise has settled and the event loop has nothing left to do, as a program would; see `rest` for servers.
        const CONTROL = @CONTROL@, EVENT = @EVENT@, OUTPUT = @OUTPUT@, MESSAGE = @MESSAGE@, STATE = @STATE@;
        const NAME = @NAME@, START = @START@;
        const { createHook } = require('async_hooks');
        const { closeSync, constants, fstatSync, openSync, readSync, writeSync } = require('fs');
        const inspector = require('inspector');
        const Module = require('module');
        const net = require('net');
        const path = require('path');
        const { Writable } = require('stream');
        const { inspect, types } = require('util');
        const v8 = require('v8');
        const vm = require('vm');

        const LIMIT = 1 << 20;
        const SIGNALS = { SIGINT: 130, SIGTERM: 143 };
        // What stands in a stack: white space and quotes would end a `sourceURL`.
        const SOURCE = encodeURI(NAME).replaceAll("'", '%27');
        const { console, Error, performance, process, clearTimeout, clearImmediate, setImmediate, setInterval } = globalThis;
        const endProcess = process.exit.bind(process), endAtOnce = () => process.kill(process.pid, 'SIGKILL');

        /** The message under way: { number, line, text, status, isEvaluating, isSettled, watch }; undefined between messages. */
        let cell;

        // MARK: - Channels

        function writeAll(number, bytes) {
          for (let done = 0; done < bytes.length;) {
            try {
              done += writeSync(number, bytes, done);
            } catch (error) {
              if (error.code !== 'EAGAIN') throw error;
              Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
            }
          }
        }

        /** Not `readFileSync` and `writeFileSync`: these call what a cell may have put in place of their parts. */
        function readFile(name) {
          const file = openSync(name, 'r');
          const bytes = Buffer.alloc(fstatSync(file).size);
          for (let done = 0; done < bytes.length;) done += readSync(file, bytes, done, bytes.length - done, null);
          closeSync(file);
          return bytes;
        }

        function writeFile(name, bytes) {
          const file = openSync(name, 'w');
          writeAll(file, Buffer.from(bytes));
          closeSync(file);
        }

        const tell = (line) => writeFile(EVENT, `${line}\n`);

        /** A stream that has written when `write` returns, so that the order is that of the children's output too. */
        function output(fd) {
          const write = (bytes, encoding, done) => {
            let failure;
            try { writeAll(fd, bytes); } catch (error) { failure = error; }
            done(failure);
          };
          return Object.assign(new Writable({ write, autoDestroy: false }), { fd, _isStdio: true });
        }

        function define(target, name, value) {
          Object.defineProperty(target, name, { value, configurable: true, writable: true });
        }

        function attach(capture, terminal) {
          for (const fd of [0, 1, 2]) {
            try { closeSync(fd); } catch { /* a cell has closed it */ }
          }
          // Each takes the lowest number that is free.
          openSync(terminal || '/dev/null', 'r');
          openSync(capture || terminal || OUTPUT, 'w');
          openSync(terminal || OUTPUT, 'w');
          for (const [name, fd] of [['stdout', 1], ['stderr', 2]]) {
            define(process, name, output(fd));
            console[`_${name}`] = process[name];
          }
          let input;
          const get = () => (input ??= new (require('fs').ReadStream)(null, { fd: 0, autoClose: false }));
          Object.defineProperty(process, 'stdin', { get, configurable: true });
        }

        /** Waits for the next message inside the event loop: what listens goes on answering meanwhile. */
        function listen() {
          const control = new net.Socket({ fd: openSync(CONTROL, constants.O_RDONLY | constants.O_NONBLOCK), writable: false });
          let line = '';
          control.on('data', (bytes) => {
            line += bytes;
            if (!line.endsWith('\n')) return;
            control.unref().destroy();
            setImmediate(receive, Number(line));
          });
        }

        function receive(number) {
          let rest = readFile(MESSAGE);
          const take = (count) => {
            const part = rest.subarray(0, count).toString();
            rest = rest.subarray(count);
            return part;
          };
          const takeLine = () => take(rest.indexOf('\n') + 1).slice(0, -1);
          const [kind, line, count, terminal] = takeLine().split(' ');
          const place = takeLine(), capture = takeLine();
          for (let index = 0; index < count; index++) {
            const [name, length] = takeLine().split(' ');
            process.env[name] = take(Number(length));
            takeLine();
          }
          attach(capture, terminal);
          if (kind === 'quit') endProcess(0);
          cell = { number, line: Number(line), text: rest.toString() };
          process.exitCode = undefined;
          for (const [name, end] of listeners) if (!process.listeners(name).includes(end)) process.on(name, end);
          if (kind === 'restore') {
            restore(cell.text).then(settle);
            return;
          }
          try {
            if (place) process.chdir(place);
          } catch (error) {
            writeAll(2, Buffer.from(`${error}\n`));
            return report('E', 1);
          }
          wake();
          timerHook.enable();
          settleHome(process.cwd());
          evaluateCell();
        }

        // MARK: - Cells

        const session = new inspector.Session();
        session.connect();
        const post = (method, parameters) => {
          let answer;
          session.post(method, parameters, (error, result) => { answer = result; });
          return answer;
        };
        const evaluate = (expression, done) => {
          session.post('Runtime.evaluate', { expression, replMode: true, awaitPromise: true, objectGroup: 'cell' }, done);
        };
        /** Where the inspector puts the values that it names. */
        const hand = { value: undefined };
        globalThis.__casebook_hand = hand;
        const handID = post('Runtime.evaluate', { expression: '__casebook_hand' }).result.objectId;
        delete globalThis.__casebook_hand;

        function valueOf({ objectId, value, unserializableValue }) {
          const functionDeclaration = 'function (value) { this.value = value; }';
          post('Runtime.callFunctionOn', {
            functionDeclaration, objectId: handID, arguments: [{ objectId, value, unserializableValue }],
          });
          try { return hand.value; } finally { hand.value = undefined; }
        }

        /** An interrupt ends code that never returns to the event loop only when a script waits for it like this. */
        const armed = new vm.Script('__casebook_run()');
        const pause = new vm.Script('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30)');

        /** Runs a script that an interrupt ends; true when one came. */
        function isInterrupted(script) {
          try {
            script.runInThisContext({ breakOnSigint: true });
            return false;
          } catch {
            return true;
          }
        }

        function evaluateCell() {
          const mine = cell;
          const code = '\n'.repeat(mine.line - 1) + withoutImports(mine.text) + `\n//# sourceURL=${SOURCE}`;
          mine.isEvaluating = true;
          define(globalThis, '__casebook_run', () => {
            delete globalThis.__casebook_run;
            evaluate(code, (error, answer) => {
              if (mine !== cell || error) return;
              if (answer.exceptionDetails) return fail(valueOf(answer.exceptionDetails.exception), answer.exceptionDetails);
              const value = valueOf(answer.result);
              if (!types.isPromise(value)) return show(value);
              value.then((result) => mine === cell && show(result), (reason) => mine === cell && fail(reason));
            });
          });
          const begin = performance.now();
          // The thread that hears an interrupt may be later than the child that it has ended: what waited long waits for it too.
          const hasWaited = () => performance.now() - begin > 100;
          if (isInterrupted(armed) || (hasWaited() && isInterrupted(pause))) mine.status = SIGNALS.SIGINT;
          mine.isEvaluating = false;
          if (mine === cell && mine.status !== undefined) stop(mine.status);
        }

        function show(value) {
          if (value !== undefined) writeAll(1, Buffer.from(`${inspect(value)}\n`));
          settle();
        }

        /** From here on the cell waits for what it has begun, but not for servers: these listen on between cells. */
        function settle() {
          cell.isSettled = true;
          rest();
          cell.watch = setInterval(rest, 50).unref();
        }

        const resting = new Set();

        function rest() {
          for (const handle of process._getActiveHandles()) {
            const server = handle instanceof net.Server ? handle : handle.server;
            if (!(server instanceof net.Server)) continue;
            handle.unref();
            resting.add(server);
          }
        }

        function wake() {
          for (const server of resting) {
            if (server.listening) server.ref();
            else resting.delete(server);
          }
        }

        function fail(error, details) {
          let text;
          if (types.isNativeError(error)) {
            for (let one = error; types.isNativeError(one); one = one.cause) trim(one);
            const isUnread = details && error instanceof SyntaxError && !error.stack.includes(`${NAME}:`);
            text = isUnread ? `${pointer(details)}${error}` : inspect(error);
          } else {
            text = `Uncaught ${inspect(error)}`;
          }
          writeAll(2, Buffer.from(`${text}\n`));
          if (cell) stop(1);
        }

        /** Takes the driver's own frames, which are the outermost, from a stack. */
        function trim(error) {
          const lines = String(error.stack).split('\n');
          const isOwn = (line) => /^ +at /.test(line) && (line.includes(__filename) || line.includes('(node:inspector:'));
          const own = lines.findIndex(isOwn);
          try {
            error.stack = (own < 0 ? lines : lines.slice(0, own)).join('\n').replaceAll(SOURCE, NAME);
          } catch { /* it is frozen */ }
        }

        function pointer({ lineNumber, columnNumber }) {
          const lines = cell.text.trimEnd().split('\n');
          const index = Math.min(lineNumber - cell.line + 1, lines.length - 1);
          return `${NAME}:${cell.line + index}\n${lines[index]}\n${' '.repeat(Math.min(columnNumber, lines[index].length))}^\n\n`;
        }

        /** The event loop has nothing left to do. */
        function finish() {
          if (!cell) return;
          if (cell.isSettled) return report('E', process.exitCode ?? 0);
          writeAll(2, Buffer.from(`${NAME}: nothing is left that could settle the top-level await\n`));
          report('E', 13);
        }

        /** The timers that the cell has set: nothing else lists them. */
        let timers = [], timersMax = 1000;
        const Timeout = setTimeout(() => {}).unref().constructor;
        const timerHook = createHook({
          init(id, type, trigger, resource) {
            if (type !== 'Timeout' && type !== 'Immediate') return;
            timers.push(resource);
            if (timers.length < timersMax) return;
            timers = timers.filter((one) => !one._destroyed);
            timersMax = 2 * timers.length + 1000;
          },
        });

        /**
         * Ends a cell that has not run to its end. Nothing of it may go on afterwards: when more is under way than timers, which
         * can be taken back, or when its own code stands below this call, the interpreter ends and the host starts another.
         */
        function stop(status, isBelow = false) {
          rest();
          for (const one of timers) if (one.hasRef()) (one instanceof Timeout ? clearTimeout : clearImmediate)(one);
          if (!isBelow && process.getActiveResourcesInfo().length === 0) return report('E', status);
          try { process.emit('exit', status); } catch (error) { writeAll(2, Buffer.from(`${inspect(error)}\n`)); }
          report('X', status);
        }

        function report(word, status) {
          const { number, watch } = cell;
          clearTimeout(watch);
          timerHook.disable();
          timers = [];
          cell = undefined;
          try { save(number); } catch { /* the state before this cell counts */ }
          post('Runtime.releaseObjectGroup', { objectGroup: 'cell' });
          post('Runtime.discardConsoleEntries');
          tell(`${word} ${number} ${status & 255} 0`);
          if (word === 'X') endAtOnce();
          listen();
        }

        process.exit = function exit(code = process.exitCode ?? 0) {
          if (!cell) throw new Error('process.exit() between cells ends nothing');
          if (!cell.isEvaluating) stop(Number(code), true);
          cell.status = Number(code) & 255;
          post('Runtime.terminateExecution');
          // It takes effect where V8 looks for it: not later than here.
          for (;;);
        };


        """#
}
