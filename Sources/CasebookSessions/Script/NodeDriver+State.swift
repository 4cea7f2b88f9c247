extension DriverScript {
    /// How it loads modules and tells its state.
    static let nodeState = #"""
        // MARK: - Modules

        /** For what came out of a module: the code that gets it again. */
        const origins = new Map();
        let home, load;

        function note(value, code) {
          if (Object(value) !== value || origins.has(value)) return value;
          for (const [name, { value: part }] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
            if (Object(part) === part && !origins.has(part)) origins.set(part, `${code}[${JSON.stringify(name)}]`);
          }
          origins.set(value, code);
          return value;
        }

        /** `require` and `import` are those of a file of the runbook's name in the directory that a cell begins in. */
        function settleHome(directory) {
          if (home?.path === directory) return;
          home = new Module(path.join(directory, path.basename(NAME)));
          Object.assign(home, { filename: home.id, path: directory, paths: Module._nodeModulePaths(directory) });
          process.mainModule = home;
          home._compile('exports.parts = [require, (name, options) => import(name, options)];', home.filename);
          const [own, imported] = home.exports.parts;
          home.exports = {};
          load = imported;
          const require = Object.assign((id) => note(own(id), `require(${JSON.stringify(own.resolve(id))})`), own);
          const globals = { require, module: home, exports: home.exports, __filename: home.filename, __dirname: directory };
          for (const [name, value] of Object.entries(globals)) define(globalThis, name, value);
        }

        async function importModule(specifier, ...rest) {
          const isPath = /^\.{0,2}\//.test(specifier);
          const name = isPath ? require('url').pathToFileURL(path.resolve(home.path, specifier)).href : `${specifier}`;
          return note(await load(specifier, ...rest), `(await __casebook_import(${JSON.stringify(name)}))`);
        }

        /** The inspector's console has no `import`, in neither form. */
        function withoutImports(text) {
          const isCode = (index, whole) => {
            // Two at-signs are no code, but may stand in a text or a comment.
            const marked = `async () => {\n${whole.slice(0, index)}@@${whole.slice(index)}\n}`;
            try { return !new vm.Script(marked); } catch { return true; }
          };
          const statement = /^([ \t]*)import\b(?!\s*[(.])\s*(?:([^'"();]*?)\s*\bfrom\s*)?(['"])([^'"\n]+)\3/gm;
          const withoutStatements = text.replace(statement, (all, space, clause, quote, name, index, whole) => {
            if (!isCode(index + space.length, whole)) return all;
            const call = `await __casebook_import(${JSON.stringify(name)})`;
            if (!clause) return space + call;
            const [, first, every, names] = clause.trim().match(/^([\w$]+)?[\s,]*(?:\*\s*as\s+([\w$]+))?(?:\{([^}]*)\})?$/) ?? [];
            const parts = [first && `default: ${first}`, names?.replace(/([\w$]+)\s+as\s+/g, '$1: ')].filter(Boolean).join(', ');
            const declared = [every && `${every} = ${call}`, parts && `{ ${parts} } = ${every ?? call}`].filter(Boolean);
            return `${space}const ${declared.join(', ')}`;
          });
          const call = /(?<![\w$.#])import(?=\s*\()/g;
          return withoutStatements.replace(call, (word, index, whole) => (isCode(index, whole) ? '__casebook_import' : word));
        }

        // MARK: - State

        /** Every object below a value once, in an order that a copy of it has too. */
        function* objectsOf(value) {
          const seen = new Set(), open = [value];
          while (open.length) {
            const one = open.pop();
            if (Object(one) !== one) yield one;
            else if (!seen.has(one)) {
              seen.add(one);
              yield one;
              if (types.isMap(one)) for (const pair of one) open.push(...pair);
              else if (types.isSet(one)) for (const part of one) open.push(part);
              else if (!ArrayBuffer.isView(one)) for (const name of Object.keys(one)) open.push(name, one[name]);
            }
          }
        }

        const typedArray = Object.getPrototypeOf(Uint8Array.prototype);
        const cloned = new Set([null, Object, Array, Map, Set, Date, RegExp, Boolean, Number, String, Buffer, ArrayBuffer, DataView,
          Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map((type) => type && type.prototype));
        const isCloned = (prototype) => cloned.has(prototype) || Object.getPrototypeOf(prototype) === typedArray;

        /** What a structured clone would lose without a word: accessors, symbols, and what stands beside a date or a map. */
        function hasHiddenParts(one) {
          if (Object.getOwnPropertySymbols(one).length > 0) return true;
          if (ArrayBuffer.isView(one) || types.isRegExp(one)) return false;
          if (types.isNativeError(one)) return Object.keys(one).length > 0;
          const properties = Object.entries(Object.getOwnPropertyDescriptors(one));
          if (Array.isArray(one) || Object.prototype.toString.call(one) === '[object Object]') {
            return properties.some(([name, { get, set, enumerable }]) => get || set || !(enumerable || name === 'length'));
          }
          return properties.some(([name]) => !(one instanceof String && (name === 'length' || Number(name) >= 0)));
        }

        /** The bytes of a part, so that the host sees whether a secret is in it. */
        function plainBytes(one) {
          if (ArrayBuffer.isView(one)) return Buffer.from(one.buffer, one.byteOffset, one.byteLength);
          if (types.isAnyArrayBuffer(one)) return Buffer.from(one);
          return Buffer.from(types.isNativeError(one) || types.isRegExp(one) || types.isDate(one) || Object(one) !== one
            || types.isBoxedPrimitive(one) ? String(one) : '');
        }

        function freeze(value, classes) {
          const plain = [], instances = {};
          let size = 0, index = 0;
          for (const one of objectsOf(value)) {
            if (Object(one) === one) {
              const prototype = Object.getPrototypeOf(one);
              if (classes.has(prototype)) instances[index] = classes.get(prototype);
              else if (!isCloned(prototype)) throw new TypeError('it is of a class that is not saved');
              if (hasHiddenParts(one)) throw new TypeError('it has hidden parts');
            }
            const bytes = plainBytes(one);
            index++;
            size += bytes.length + 1;
            if (size > LIMIT) throw new RangeError('larger than 1 MiB');
            plain.push(bytes, Buffer.from('\n'));
          }
          const code = `__casebook_thaw(${JSON.stringify(v8.serialize(value).toString('base64'))}, ${JSON.stringify(instances)})`;
          return { code, plain: Buffer.concat(plain) };
        }

        function thaw(text, instances) {
          const value = v8.deserialize(Buffer.from(text, 'base64'));
          let index = 0;
          for (const one of objectsOf(value)) {
            const name = instances[index++];
            if (name) Object.setPrototypeOf(one, vm.runInThisContext(name).prototype);
          }
          return value;
        }

        const isClass = (value) => typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));
        const heritage = (value) => { let depth = 0; while ((value = Object.getPrototypeOf(value))) depth++; return depth; };

        /** The text of a function that needs nothing but what is global, and where it stands. */
        function source(value) {
          const text = Function.prototype.toString.call(value);
          try { new vm.Script(`(${text})`); } catch { return undefined; }
          hand.value = value;
          const functionDeclaration = 'function () { return this.value; }';
          const answer = post('Runtime.callFunctionOn', { functionDeclaration, objectId: handID, objectGroup: 'cell' });
          hand.value = undefined;
          const { internalProperties } = post('Runtime.getProperties', { objectId: answer.result.objectId, ownProperties: true });
          const find = (name) => internalProperties.find((one) => one.name === name)?.value;
          const scopes = Number(/\d+/.exec(find('[[Scopes]]')?.description));
          if (!isClass(value) && scopes > 2) return undefined;
          return { text, line: find('[[FunctionLocation]]')?.value.lineNumber ?? 0 };
        }

        const known = new Set(), builtIn = new Set(), environment = { ...process.env };

        function* variables() {
          const { names } = post('Runtime.globalLexicalScopeNames', {});
          const lexical = new Set(names);
          for (const name of lexical) {
            try {
              yield { name, value: vm.runInThisContext(name), target: `let ${name}` };
            } catch { /* its declaration failed */ }
          }
          for (const name of Object.getOwnPropertyNames(globalThis)) {
            const { get, value } = Object.getOwnPropertyDescriptor(globalThis, name);
            if (known.has(name) || lexical.has(name) || (get && builtIn.has(name))) continue;
            yield { name, value: get ?? value, target: `globalThis[${JSON.stringify(name)}]` };
          }
        }

        function save(number) {
          const parts = [Buffer.from(`${number}\n`)];
          const entry = (label, code = '', plain = '', exported = '') => {
            if (code.length > LIMIT) return entry(`${label}: larger than 1 MiB`);
            const three = [label, code && `${code}\n`, plain].map((part) => Buffer.from(part));
            parts.push(Buffer.from(`${three.map((part) => part.length).join(' ')} ${exported}\n`), ...three);
          };
          const here = process.cwd();
          if (here !== START) entry('the working directory', `process.chdir(${JSON.stringify(here)})`);
          for (const name of new Set([...Object.keys(environment), ...Object.keys(process.env)])) {
            const value = process.env[name], key = `process.env[${JSON.stringify(name)}]`;
            if (value === environment[name] || name === 'PWD') continue;
            const code = value === undefined ? `delete ${key}` : `${key} = ${JSON.stringify(value)}`;
            entry(`environment variable ${name}`, code, value, value === undefined || /\W/.test(name) ? '' : 'x');
          }
          const classes = new Map(), definitions = [], data = [];
          for (const one of variables()) {
            const origin = Object(one.value) === one.value && origins.get(one.value);
            if (origin) entry(`${origin.endsWith(')') ? 'module' : 'variable'} ${one.name}`, `${one.target} = ${origin}`);
            else (typeof one.value === 'function' ? definitions : data).push(one);
          }
          // A class comes after the one that it extends.
          definitions.sort((one, other) => heritage(one.value) - heritage(other.value));
          for (const { name, value, target } of definitions) {
            const found = source(value);
            if (!found) {
              entry(`definition of ${name}: it has variables of its own, or is not written in JavaScript`);
              continue;
            }
            // A structured clone has no private parts.
            if (isClass(value) && !/#[\w$]/.test(found.text)) classes.set(value.prototype, name);
            const code = `${target} = __casebook_define(${JSON.stringify(found.text)}, ${found.line})`;
            entry(`definition of ${name}`, code, found.text);
          }
          for (const { name, value, target } of data) {
            try {
              const { code, plain } = freeze(value, classes);
              entry(`variable ${name}`, `${target} = ${code}`, plain);
            } catch (error) {
              entry(`variable ${name}: ${error instanceof RangeError ? 'larger than 1 MiB' : 'cannot be saved'}`);
            }
          }
          writeFile(STATE, Buffer.concat(parts));
        }

        async function restore(text) {
          settleHome(START);
          define(globalThis, '__casebook_thaw', thaw);
          const evaluateAt = (code, lineOffset) => vm.runInThisContext(`(${code})`, { filename: NAME, lineOffset });
          define(globalThis, '__casebook_define', evaluateAt);
          for (const line of text.split('\n').filter(Boolean)) {
            const { exceptionDetails: details } = await new Promise((done) => evaluate(line, (error, answer) => done(answer ?? {})));
            if (!details) continue;
            const reason = details.exception?.description ?? details.text;
            writeAll(1, Buffer.from(`${line.split(/ = |\(/)[0]}: ${reason.split('\n')[0]}\n`));
          }
          delete globalThis.__casebook_thaw;
          delete globalThis.__casebook_define;
        }

        // MARK: - Start

        // A cell's terminal is taken away when it ends; children do not inherit a handler.
        const listeners = [
          ['SIGHUP', () => {}],
          ...Object.entries(SIGNALS).map(([name, status]) => [name, () => cell && stop(status)]),
          // A cell that listens itself has its own idea of what is fatal.
          ['uncaughtException', (error) => process.listenerCount('uncaughtException') > 1 || fail(error)],
          // After the cells' own listeners, which may begin something.
          ['beforeExit', () => setImmediate(finish)],
        ];
        define(globalThis, '__casebook_import', importModule);
        for (const name of Module.builtinModules.filter((name) => !/^_|\//.test(name) && !(name in globalThis))) {
          builtIn.add(name);
          const get = () => note(require(name), `require(${JSON.stringify(name)})`);
          Object.defineProperty(globalThis, name, { get, set: (value) => define(globalThis, name, value), configurable: true });
        }
        note(require('fs/promises'), 'require("fs/promises")');
        delete require.cache[__filename];
        process.argv[1] = NAME;
        process.chdir(START);
        settleHome(START);
        for (const [name, { get }] of Object.entries(Object.getOwnPropertyDescriptors(globalThis))) {
          if (!get || !builtIn.has(name)) known.add(name);
        }
        for (const [name, end] of listeners) process.on(name, end);
        attach('');
        tell('R');
        listen();
        """#
}
