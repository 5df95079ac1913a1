import { defineConfig } from 'tsup'
import manifest from './package.json' with { type: 'json' }

/** `./dist/receiver.js` comes from `src/entries/receiver.ts`: the doors of package.json are the entries of the build. */
const doors = Object.values(manifest.exports).flatMap((target) =>
  typeof target === 'string' ? [] : [target.default.replace('./dist/', '').replace('.js', '')],
)

export default defineConfig({
  entry: {
    ...Object.fromEntries(doors.map((door) => [door, `src/entries/${door}.ts`])),
    'hmac.node': 'src/internal/hmac.node.ts',
    'hmac.noble': 'src/internal/hmac.noble.ts',
  },
  format: 'esm',
  target: 'es2023',
  platform: 'neutral',
  splitting: true,
  treeshake: true,
  clean: true,
  dts: { entry: Object.fromEntries(doors.map((door) => [door, `src/entries/${door}.ts`])) },
  // Left in place for the runtime to resolve: two bodies stand behind `#hmac` in package.json.
  external: ['#hmac', /^node:/],
})
