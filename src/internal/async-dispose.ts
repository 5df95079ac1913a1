/** `Symbol.asyncDispose`, or the symbol that compilers use in runtimes that do not have it. */
const asyncDispose: typeof Symbol.asyncDispose = Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose')

interface Disposing extends AsyncDisposable {
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Lets an object, or a function, be declared with `await using`: at the end of the block, `dispose` is called and awaited.
 *
 * @see https://github.com/tc39/proposal-explicit-resource-management
 */
export function withAsyncDispose<T extends object>(target: T, dispose: () => Promise<unknown>): T & Disposing {
  return Object.assign(target, {
    async [asyncDispose](): Promise<void> {
      await dispose()
    },
  })
}
