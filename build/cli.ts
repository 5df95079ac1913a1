import { chmod, writeFile } from 'node:fs/promises'
import { basename, posix } from 'node:path'
import { build, type Metafile, type Plugin } from 'esbuild'
import manifest from '../package.json' with { type: 'json' }
import { licensesOf } from './licenses.ts'
import { common, root } from './source.ts'

/**
 * Builds the command line into one folder: `main.js`, and chunks that it loads when a command needs them. All packages
 * that it needs are inside. What the package exports, it imports from the bundles for Node.js.
 */
export async function buildCli(folder: string): Promise<void> {
  const { metafile } = await build({
    ...common,
    entryPoints: { main: `${root}src/cli/main.ts` },
    outdir: folder,
    format: 'esm',
    platform: 'node',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    minifySyntax: true,
    minifyWhitespace: true,
    metafile: true,
    plugins: [ownEntries],
  })
  await chmod(`${root}${folder}/main.js`, 0o755)
  await writeFile(`${root}${folder}/LICENSES.txt`, await licensesOf(packagesOf(metafile)))
}

/** Leads imports of `entries/` to the bundles by their public names, so that no module is in the package twice. */
const ownEntries: Plugin = {
  name: 'own-entries',
  setup({ onResolve }) {
    onResolve({ filter: /\/entries\/[\w-]+\.ts$/ }, ({ path }) => {
      const name = publicNames.get(basename(path, '.ts'))
      return name === undefined ? undefined : { path: name, external: true }
    })
  },
}

/** The name that a program imports for each file of `entries/`: `x-account-activity/emulator/node` for `emulator-node`. */
const publicNames: ReadonlyMap<string, string> = new Map(
  Object.keys(manifest.exports).map((subpath) => [
    subpath === '.' ? 'index' : subpath.slice('./'.length).replaceAll('/', '-'),
    posix.join(manifest.name, subpath),
  ]),
)

/** The names of the packages whose code is in a bundle. */
function packagesOf({ inputs }: Metafile): string[] {
  const names = Object.keys(inputs).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1])
  return [...new Set(names)].filter((name) => name !== undefined).sort()
}
