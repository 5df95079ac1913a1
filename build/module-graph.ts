import { resolve } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { common, root } from './source.ts'

/** Finds the source files that more than one of `entries` needs at run time, other than the entries themselves. */
export async function findShared(entries: readonly string[], names: Plugin): Promise<Set<string>> {
  const importsOf = await readImports(entries, names)
  const seen = new Set<string>()
  const shared = new Set<string>()
  for (const entry of entries) {
    for (const file of reachableFrom(entry, importsOf)) {
      if (seen.has(file)) shared.add(file)
      seen.add(file)
    }
  }
  return new Set([...shared].filter((file) => !entries.includes(file)))
}

type Imports = ReadonlyMap<string, readonly string[]>

async function readImports(entries: readonly string[], names: Plugin): Promise<Imports> {
  const { metafile } = await build({
    ...common,
    entryPoints: [...entries],
    outdir: 'unused',
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    plugins: [names],
  })
  return new Map(
    Object.entries(metafile.inputs).map(([path, { imports }]) => [
      resolve(root, path),
      imports.filter(({ external }) => !external).map((imported) => resolve(root, imported.path)),
    ]),
  )
}

function reachableFrom(start: string, importsOf: Imports): Set<string> {
  const reached = new Set([start])
  // The loop also visits what is added to the set meanwhile.
  for (const file of reached) for (const imported of importsOf.get(file) ?? []) reached.add(imported)
  return reached
}
