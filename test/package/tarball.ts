import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import manifest from '../../package.json' with { type: 'json' }
import { npm, root } from './shell.ts'

export interface Tarball {
  /** Where the tarball lies. */
  readonly path: string
  /** The paths in it, sorted. */
  readonly files: readonly string[]
}

/** Packs what `npm publish` would send. */
export async function pack(folder: string): Promise<Tarball> {
  const { stdout } = await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root)
  const [packed] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[]
  if (packed === undefined) throw new Error(`npm pack answered ${stdout}`)
  return { path: join(folder, packed.filename), files: packed.files.map(({ path }) => path).sort() }
}

/** What some doors need beside the package, as their users have it; the types of Koa are a package of their own. */
const peers = [...Object.entries(manifest.peerDependencies), ['@types/koa', manifest.devDependencies['@types/koa']]]

/** Installs the packed package and its optional peers into a new folder; returns the folder. */
export async function install(tarball: Tarball, folder: string): Promise<string> {
  await mkdir(folder)
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  const quiet = ['--no-audit', '--no-fund', '--no-package-lock', '--prefer-offline', '--loglevel=error']
  await npm(['install', tarball.path, ...peers.map((peer) => peer.join('@')), ...quiet], folder)
  return folder
}
