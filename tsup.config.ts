import { globSync } from 'node:fs'
import { defineConfig, type Options } from 'tsup'

type Plugin = NonNullable<Options['esbuildPlugins']>[number]

const modules = globSync('src/**/*.ts').map((path) => [path.slice('src/'.length, -'.ts'.length), path])
const doors = modules.filter(([name]) => name?.startsWith('entries/'))

/**
 * Keeps one file for each module, as in `src`: bundlers drop whole files that a program has no use for (`sideEffects`),
 * so that `answerCrc` from the front door brings no zod along, and no class is there twice. Files of nothing but types
 * come out empty, and are left out.
 */
const oneFilePerModule: Plugin = {
  name: 'one-file-per-module',
  setup({ onResolve, onEnd }) {
    onResolve({ filter: /^\.\.?\// }, ({ path, kind }) =>
      kind === 'entry-point' ? undefined : { path: path.replace(/\.ts$/, '.js'), external: true },
    )
    onEnd((result) => {
      result.outputFiles = result.outputFiles?.filter(({ contents }) => contents.length > 0) ?? []
    })
  },
}

export default defineConfig({
  entry: Object.fromEntries(modules),
  format: 'esm',
  target: 'es2023',
  platform: 'neutral',
  splitting: false,
  clean: true,
  dts: { entry: Object.fromEntries(doors) },
  // Left in place for the runtime to resolve: two bodies stand behind each of these names in package.json.
  external: ['#diagnostics', '#hmac', /^node:/],
  esbuildPlugins: [oneFilePerModule],
})
