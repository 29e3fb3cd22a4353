// Loads a function's text as Segment does: wrapped in a function whose parameters have the handlers' names, in a
// context of its own. The wrapper is the same as in Segment's published shim, in sloppy mode.
// segmentio/functions-library, "buildpack/boreal/index.js": https://github.com/segmentio/functions-library/blob/master/buildpack/boreal/index.js
import vm from 'node:vm';

/** The handler of each type of event. */
export const HANDLERS: Readonly<Record<string, string>> = {
  identify: 'onIdentify',
  track: 'onTrack',
  page: 'onPage',
  screen: 'onScreen',
  group: 'onGroup',
  alias: 'onAlias',
  delete: 'onDelete',
};

export const HANDLER_NAMES: readonly string[] = [...Object.values(HANDLERS), 'onBatch'];

export type Handler = (event: unknown, settings: unknown) => unknown;

/** A function after it was loaded. */
export interface LoadedFunction {
  /** The handlers that the function defines, by name. */
  readonly handlers: ReadonlyMap<string, Handler>;
  /** Parses JSON into values of the function's own context. */
  readonly parse: (json: string) => unknown;
}

/**
 * @param code the text as it is in Segment's editor.
 * @param globals everything that the function sees besides ECMAScript; one that is `undefined` is not there at all.
 * @throws whatever the text throws when it is evaluated; a SyntaxError if it cannot be parsed.
 */
export function loadFunction(code: string, globals: Readonly<Record<string, unknown>>): LoadedFunction {
  const present = Object.entries(globals).filter(([, value]) => value !== undefined);
  const context = vm.createContext(Object.fromEntries(present));
  const names = HANDLER_NAMES.join(', ');
  const wrapper: unknown = vm.runInContext(
    `(function (${names}) {\n${code};\nreturn { ${names} };\n})`,
    context,
    {
      filename: 'destination.js',
      lineOffset: -1,
    },
  );
  const found: unknown = isCallable(wrapper) ? wrapper() : undefined;
  const handlers = new Map<string, Handler>();
  for (const [name, handler] of Object.entries(found ?? {})) {
    if (isCallable(handler)) handlers.set(name, handler);
  }
  const parse: unknown = vm.runInContext('(json) => JSON.parse(json)', context);
  if (!isCallable(parse)) throw new TypeError('The context has no JSON');
  return { handlers, parse };
}

/** @throws TypeError if the function does not define the handler. */
export function handlerOf({ handlers }: LoadedFunction, name: string): Handler {
  const handler = handlers.get(name);
  if (handler === undefined) throw new TypeError(`The function has no ${name}`);
  return handler;
}

function isCallable(value: unknown): value is (...args: unknown[]) => unknown {
  return typeof value === 'function';
}
