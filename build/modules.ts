import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { common, root, sourceFiles } from './source.ts'

/** Leaves every import alone, so that each source file becomes one output file. */
const oneFilePerModule: Plugin = {
  name: 'one-file-per-module',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ path, kind }) =>
      kind === 'entry-point' ? undefined : { path: path.replace(/^(\..*)\.ts$/, '$1.js'), external: true },
    )
  },
}

/**
 * The ES modules for bundlers: one file for each file in `src`. A bundler leaves out each file that a program does not
 * use, and with it the packages that only this file imports.
 */
export async function buildModules(folder: string): Promise<void> {
  const { outputFiles } = await build({
    ...common,
    // The command line is no part of what programs import.
    entryPoints: sourceFiles('**/*.ts').filter((file) => !file.startsWith(`${root}src/cli/`)),
    outbase: `${root}src`,
    outdir: folder,
    format: 'esm',
    platform: 'neutral',
    plugins: [oneFilePerModule],
    write: false,
  })
  // A source file that holds only types gives an empty file.
  for (const { path, contents } of outputFiles.filter((file) => file.contents.length > 0)) {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, contents)
  }
}
