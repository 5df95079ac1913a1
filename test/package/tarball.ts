import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import manifest from '../../package.json' with { type: 'json' }
import { npm, root } from './shell.ts'

export interface Tarball {
  /** The path of the tarball. */
  readonly path: string
  /** The paths of its files, sorted. */
  readonly files: readonly string[]
}

/** Packs what `npm publish` would publish. */
export async function pack(folder: string): Promise<Tarball> {
  const { stdout } = await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root)
  const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[]
  if (packed === undefined) throw new Error(`npm pack answered ${stdout}`)
  return { path: join(folder, packed.filename), files: packed.files.map(({ path }) => path).sort() }
}

/** Options of `npm`: print only errors, and prefer the cache. */
export const quiet: readonly string[] = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']

/** Which versions of the optional peers a project has: the first of each range, or the last. */
export type PeerVersions = 'oldest' | 'newest'

/** Installs the tarball in a project that has all optional peers; returns the folder. */
export async function installWithPeers(tarball: Tarball, versions: PeerVersions, folder: string): Promise<string> {
  await mkdir(folder)
  const dependencies = { ...peers(versions), ...typesOfPeers[versions] }
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }))
  await npm(['install', tarball.path, '--no-package-lock', ...quiet], folder)
  return folder
}

/** The types of Koa and of pg are packages of their own. */
const typesOfPeers = {
  oldest: { '@types/koa': '^2.13.0', '@types/pg': '8.6.0' },
  newest: {
    '@types/koa': manifest.devDependencies['@types/koa'],
    '@types/pg': manifest.devDependencies['@types/pg'],
  },
}

function peers(versions: PeerVersions): Record<string, string> {
  return Object.fromEntries(
    Object.entries(manifest.peerDependencies).map(([name, range]) => [
      name,
      versions === 'oldest' ? oldestOf(range) : range,
    ]),
  )
}

/** `5.66.0` for `^5.66.0 || ^6.0.0`. */
function oldestOf(range: string): string {
  return range.split(' || ')[0]?.replace('^', '') ?? range
}
