/// The driver of a live Python session.
extension DriverScript {
    static let python = DriverScript(
        arguments: ["-u", "--"],
        quoted: { text in
            // Any byte may stand in a path.
            let bytes = text.utf8.map { String($0) }.joined(separator: ",")
            return "bytes([\(bytes)]).decode('utf-8', 'surrogateescape')"
        },
        text: #"""
            import ast, base64, builtins, io, linecache, os, pickle, signal, sys, traceback, types, warnings
            CONTROL, EVENT, OUTPUT = @CONTROL@, @EVENT@, @OUTPUT@
            MESSAGE, STATE = @MESSAGE@, @STATE@
            NAME, START, PICTURES = @NAME@, @START@, @PICTURES@

            main = types.ModuleType("__main__")
            main.__builtins__ = builtins
            main.__file__ = NAME
            sys.modules["__main__"] = main
            sys.argv = [NAME]
            sys.path[0] = ""
            space = main.__dict__
            hidden = set(space)
            sources = {}
            LIMIT = 1 << 20

            def tell(line):
                with open(EVENT, "wb", buffering=0) as event:
                    event.write((line + "\n").encode())

            def no_input(prompt=""):
                if prompt:
                    print(prompt, end="", flush=True)
                raise EOFError("a cell has no input: ask with a checkpoint or a parameter")

            ask = builtins.input

            def attach(capture, terminal):
                for path, flags, numbers in ((terminal or "/dev/null", os.O_RDONLY, (0,)),
                        (terminal or OUTPUT, os.O_WRONLY, (2,)), (capture or terminal or OUTPUT, os.O_WRONLY, (1,))):
                    file = os.open(path, flags)
                    for number in numbers:
                        if number != file:
                            os.dup2(file, number)
                    if file > 2:
                        os.close(file)
                builtins.input = ask if terminal else no_input
                if terminal or sys.stdin.closed:
                    sys.stdin = sys.__stdin__ = open(0, "r", closefd=False)
                for name, number in (("stdout", 1), ("stderr", 2)):
                    stream = getattr(sys, name)
                    if stream is not getattr(sys, "__" + name + "__") or stream.closed:
                        stream = io.TextIOWrapper(io.FileIO(number, "w", closefd=False), "utf-8",
                            "backslashreplace", write_through=True)
                        setattr(sys, name, stream)
                        setattr(sys, "__" + name + "__", stream)

            class Full(Exception):
                pass

            class Bounded:
                def __init__(self):
                    self.parts, self.size = [], 0
                def write(self, part):
                    self.size += len(part)
                    if self.size > LIMIT:
                        raise Full()
                    self.parts.append(bytes(part))
                    return len(part)

            def entry(file, label, code=b"", plain=b"", exported=False):
                label = label.encode("utf-8", "replace")
                head = b"%d %d %d %s\n" % (len(label), len(code), len(plain), b"x" if exported else b"")
                file.write(head + label + code + plain)

            def save(number):
                with open(STATE, "wb") as file:
                    file.write(b"%d\n" % number)
                    here = os.getcwd()
                    if here != START:
                        entry(file, "the working directory", ("import os; os.chdir(%r)\n" % here).encode())
                    for name in sorted(set(environment) | set(os.environ)):
                        value = os.environ.get(name)
                        if value == environment.get(name) or name == "PWD":
                            continue
                        code = "del os.environ[%r]" % name if value is None else "os.environ[%r] = %r" % (name, value)
                        entry(file, "environment variable " + name, ("import os; " + code + "\n").encode(),
                            (value or "").encode("utf-8", "surrogateescape"), name.isidentifier() and value is not None)
                    data = []
                    for name, value in list(space.items()):
                        if name in hidden:
                            continue
                        if isinstance(value, types.ModuleType):
                            entry(file, "module " + name,
                                ("import importlib; %s = importlib.import_module(%r)\n" % (name, value.__name__)).encode())
                        elif getattr(value, "__module__", None) == "__main__" and isinstance(value, (type, types.FunctionType)):
                            if name in sources:
                                source = sources[name].encode()
                                entry(file, "definition of " + name,
                                    b"__casebook_define__(%a, %a)\n" % (name, sources[name]), source)
                            else:
                                entry(file, "definition of " + name)
                        else:
                            data.append((name, value))
                    for name, value in data:
                        out = Bounded()
                        try:
                            pickle.Pickler(out, 4).dump(value)
                            raw = b"".join(out.parts)
                            plain = value.encode(errors="surrogateescape") if isinstance(value, str) else raw
                            entry(file, "variable " + name, b"%s = __casebook_load__(%a)\n" % (
                                name.encode(), base64.b64encode(raw).decode()), plain)
                        except Full:
                            entry(file, "variable %s: larger than 1 MiB" % name)
                        except Exception:
                            entry(file, "variable %s: cannot be pickled" % name)

            def define(name, source):
                sources[name] = source
                exec(compile(source, NAME, "exec"), space)

            def restore(text):
                space["__casebook_load__"] = lambda text: pickle.loads(base64.b64decode(text))
                space["__casebook_define__"] = define
                for line in text.splitlines():
                    try:
                        exec(line, space)
                    except BaseException as error:
                        print(line.split(" = ")[0].split("(")[0] + ": " + str(error), flush=True)
                for name in ("__casebook_load__", "__casebook_define__"):
                    del space[name]
                return 0

            def remember(tree, text):
                for node in tree.body:
                    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                        first = min([node.lineno] + [one.lineno for one in node.decorator_list])
                        sources[node.name] = "\n".join(text.split("\n")[first - 1:node.end_lineno])

            def show(error):
                trace = error.__traceback__
                while trace is not None and trace.tb_frame.f_code.co_filename == __file__ and trace.tb_frame.f_globals is globals():
                    trace = trace.tb_next
                traceback.print_exception(type(error), error.with_traceback(trace), trace)

            def run(text, line):
                try:
                    # The lines as the document has them, for the tracebacks.
                    padded = "\n" * (line - 1) + text
                    linecache.cache[NAME] = (len(padded), None, padded.splitlines(True), NAME)
                    try:
                        tree = ast.parse(text, NAME)
                    except SyntaxError as error:
                        # Python takes the text from the file of that name, which is the document.
                        rows = text.split("\n")
                        if error.lineno and error.lineno <= len(rows):
                            error.text = rows[error.lineno - 1] + "\n"
                        for key in ("lineno", "end_lineno"):
                            if getattr(error, key, None):
                                setattr(error, key, getattr(error, key) + line - 1)
                        traceback.print_exception(type(error), error, None)
                        return 1
                    remember(tree, text)
                    ast.increment_lineno(tree, line - 1)
                    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
                    exec(compile(tree, NAME, "exec"), space)
                    if last is not None:
                        value = eval(compile(ast.Expression(last.value), NAME, "eval"), space)
                        if value is not None:
                            shown = repr(value)
                            if len(shown) > LIMIT:
                                shown = "%s... and %d more characters" % (shown[:LIMIT], len(shown) - LIMIT)
                            print(shown)
                    return 0
                except SystemExit as error:
                    if error.code is None:
                        return 0
                    if isinstance(error.code, int):
                        return error.code & 255
                    print(error.code, file=sys.stderr)
                    return 1
                except KeyboardInterrupt as error:
                    show(error)
                    return 130
                except BaseException as error:
                    show(error)
                    return 1

            def draw():
                """Saves the figures that the cell left open, as PNG, and closes them."""
                plot = sys.modules.get("matplotlib.pyplot")
                if plot is None:
                    return
                numbers = plot.get_fignums()
                place = 0
                try:
                    for number in numbers[:20]:
                        part = PICTURES + "/part"
                        try:
                            plot.figure(number).savefig(part, format="png", bbox_inches="tight", metadata={"Software": None})
                            place += 1
                            os.rename(part, "%s/%d" % (PICTURES, place))
                        except Exception as error:
                            print("figure %d was not saved: %s" % (number, error), file=sys.stderr)
                    if len(numbers) > 20:
                        print("%d figures more than 20 were not saved" % (len(numbers) - 20), file=sys.stderr)
                finally:
                    if numbers:
                        plot.close("all")

            def on_term(number, frame):
                sys.exit(128 + number)

            signal.signal(signal.SIGTERM, on_term)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            # A cell's terminal is taken away when it ends. Children do not inherit a handler.
            signal.signal(signal.SIGHUP, lambda number, frame: None)
            __file__ = run.__code__.co_filename
            # Nobody has a window here: what is drawn is saved when the cell has ended.
            os.environ.setdefault("MPLBACKEND", "agg")
            warnings.filterwarnings("ignore", message=".*(is currently using agg|FigureCanvasAgg is non-interactive)")
            environment = dict(os.environ)
            os.chdir(START)
            tell("R")
            while True:
                number = 0
                try:
                    with open(CONTROL, "rb", buffering=0) as control:
                        line = b""
                        while not line.endswith(b"\n"):
                            line += control.read(1)
                    number = int(line)
                    with open(MESSAGE, "rb") as file:
                        head = file.readline().split()
                        place = file.readline()[:-1]
                        capture = file.readline()[:-1]
                        for _ in range(int(head[2])):
                            name, length = file.readline().split()
                            os.environb[name] = file.read(int(length))
                            file.readline()
                        text = file.read().decode("utf-8", "surrogateescape")
                    attach(capture, head[3] if len(head) > 3 else None)
                    if head[0] == b"quit":
                        break
                    if head[0] == b"restore":
                        status = restore(text)
                    else:
                        status = 0
                        try:
                            if place:
                                os.chdir(place)
                        except OSError as error:
                            print(error, file=sys.stderr)
                            status = 1
                        status = status or run(text, int(head[1]))
                        try:
                            draw()
                        except Exception as error:
                            print("figures were not saved: %s" % error, file=sys.stderr)
                    for stream in (sys.stdout, sys.stderr):
                        try:
                            stream.flush()
                        except Exception:
                            pass
                    try:
                        save(number)
                    except Exception:
                        pass
                    tell("E %d %d 0" % (number, status))
                except (KeyboardInterrupt, SystemExit):
                    if number:
                        tell("E %d 130 0" % number)
            """#,
        leavesPictures: true
    )
}
