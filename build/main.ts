/**
 * Builds `dist/`, as docs/decisions/0008-two-formats.md describes it. With `--js`, without the declarations, which take
 * most of the time.
 */
import { rm } from 'node:fs/promises'
import { buildBundles } from './bundles.ts'
import { buildCli } from './cli.ts'
import { buildDeclarations } from './declarations.ts'
import { buildModules } from './modules.ts'
import { root } from './source.ts'

await rm(`${root}dist`, { recursive: true, force: true })
await Promise.all([
  buildModules('dist/esm'),
  buildBundles({ format: 'esm', folder: 'dist/node' }),
  buildBundles({ format: 'cjs', folder: 'dist/cjs' }),
  buildCli('dist/cli'),
  process.argv.includes('--js') ? undefined : buildDeclarations('dist/types'),
])
