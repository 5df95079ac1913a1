import { writeFile } from 'node:fs/promises'
import { basename, dirname, relative, resolve } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { licensesOf } from './licenses.ts'
import { findShared } from './module-graph.ts'
import { byName, common, root, sourceFiles } from './source.ts'

export interface Bundles {
  readonly format: 'esm' | 'cjs'
  readonly folder: string
}

/** These packages have no CommonJS form, so the CommonJS build contains them. */
const esmOnly = ['ky', '@noble/hashes']

/**
 * Builds a file for each entry point, and in `shared/` a file for each room whose modules several entry points need:
 * each module, and so each class, is in one file only.
 */
export async function buildBundles({ format, folder }: Bundles): Promise<void> {
  const names = packageImports(format)
  const entries = sourceFiles('entries/*.ts')
  // The targets of `#hmac` and `#diagnostics`.
  if (format === 'cjs') entries.push(...sourceFiles('internal/{diagnostics,hmac}.*.ts'))
  const shared = await findShared(entries, names)
  const rooms = groupByRoom(shared)
  const extension = format === 'cjs' ? '.cjs' : '.js'

  await build({
    ...common,
    entryPoints: {
      ...byName(entries),
      ...Object.fromEntries([...rooms.keys()].map((room) => [`shared/${room}`, `room:${room}`])),
    },
    outdir: folder,
    outExtension: { '.js': extension },
    format,
    platform: 'node',
    // `createRequire` takes either.
    define: format === 'cjs' ? { 'import.meta.url': '__filename' } : {},
    plugins: [roomFiles(rooms), outsideImports({ shared, format, extension }), names, packages(format)],
  })
  if (format === 'cjs') await writeFile(`${root}${folder}/LICENSES.txt`, await licensesOf(esmOnly))
}

/**
 * The name of the file in `shared/` that holds a module. Node.js takes nearly a millisecond for each file that it loads,
 * so all that `/webhook` needs, and nearly every other entry point too, is in one file. Other modules that import `node:`
 * modules have files of their own, so that an entry point loads only those that it uses.
 */
function roomOf(file: string): string {
  const path = relative(`${root}src`, file)
  if (/^(errors|internal|webhook)\//.test(path)) return 'base'
  if (path.endsWith('.node.ts')) return basename(path, '.node.ts')
  return path.slice(0, path.indexOf('/'))
}

function groupByRoom(files: Iterable<string>): Map<string, string[]> {
  const rooms = new Map<string, string[]>()
  for (const file of files) rooms.set(roomOf(file), [...(rooms.get(roomOf(file)) ?? []), file])
  return rooms
}

/** Gives a file in `shared/` the exports of all its modules. */
function roomFiles(rooms: ReadonlyMap<string, readonly string[]>): Plugin {
  return {
    name: 'room-files',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^room:/ }, ({ path }) => ({ path: path.slice('room:'.length), namespace: 'room' }))
      onLoad({ filter: /./, namespace: 'room' }, ({ path }) => {
        const modules = rooms.get(path) ?? []
        return { contents: modules.map((file) => `export * from ${JSON.stringify(file)}`).join('\n'), resolveDir: root }
      })
    },
  }
}

/** Imports modules of other rooms from their files in `shared/`. */
function outsideImports({ shared, format, extension }: OutsideImports): Plugin {
  const roomIfShared = (file: string | undefined) => (file && shared.has(file) ? roomOf(file) : undefined)
  return {
    name: 'outside-imports',
    setup({ onResolve }) {
      onResolve({ filter: /^[.#]/ }, ({ path, importer, kind }) => {
        if (kind === 'entry-point') return undefined
        const from = roomIfShared(importer)
        const to = roomIfShared(path.startsWith('#') ? packageImport(path, format) : resolve(dirname(importer), path))
        if (to === undefined || to === from) return undefined
        return { path: `${from === undefined ? './shared' : '.'}/${to}${extension}`, external: true }
      })
    },
  }
}

interface OutsideImports {
  /** The source files that are in `shared/`. */
  readonly shared: ReadonlySet<string>
  readonly format: Bundles['format']
  readonly extension: string
}

/**
 * Only Node.js, Bun and Deno load the ESM bundles, so `#hmac` is their HMAC there. In the CommonJS build the name stays:
 * bundlers for browsers and jest with jsdom use this build, too.
 */
function packageImports(format: Bundles['format']): Plugin {
  return {
    name: 'package-imports',
    setup({ onResolve }) {
      onResolve({ filter: /^#/ }, ({ path }) => {
        const file = packageImport(path, format)
        return file === undefined ? { path, external: true } : { path: file }
      })
    },
  }
}

function packageImport(name: string, format: Bundles['format']): string | undefined {
  return format === 'cjs' ? undefined : `${root}src/internal/${name.slice(1)}.node.ts`
}

/** Leaves packages outside, apart from those that CommonJS cannot `require`. */
function packages(format: Bundles['format']): Plugin {
  return {
    name: 'packages',
    setup({ onResolve }) {
      onResolve({ filter: /^[@a-z]/ }, ({ path, kind }) => {
        if (kind === 'entry-point') return undefined
        if (format === 'cjs' && esmOnly.some((name) => `${path}/`.startsWith(`${name}/`))) return undefined
        return { path, external: true }
      })
    },
  }
}
