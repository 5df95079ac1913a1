/** With `node --import`: lets a program outside the repository import the package by its public names, from its source. */
import { registerHooks } from 'node:module'

const source = new URL('../../src/', import.meta.url)

registerHooks({
  resolve(specifier, context, next) {
    const file = fileOf(specifier)
    return file === undefined ? next(specifier, context) : next(new URL(file, source).href, context)
  },
})

function fileOf(specifier: string): string | undefined {
  if (specifier === '#hmac' || specifier === '#diagnostics') return `internal/${specifier.slice(1)}.node.ts`
  const [, entry] = /^x-account-activity(?:\/(.+))?$/.exec(specifier) ?? []
  if (entry === undefined) return specifier === 'x-account-activity' ? 'entries/index.ts' : undefined
  return `entries/${entry.replaceAll('/', '-')}.ts`
}
