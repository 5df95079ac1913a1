// node vite.js <entry> <node|browser> <output>
import { basename, dirname, resolve } from 'node:path'
import { build } from 'vite'

const [entry, platform, output] = process.argv.slice(2)
await build({
  configFile: false,
  logLevel: 'warn',
  build: {
    outDir: dirname(resolve(output)),
    emptyOutDir: false,
    ssr: platform === 'node',
    target: 'es2023',
    minify: true,
    modulePreload: false,
    rolldownOptions: { input: entry, output: { entryFileNames: basename(output) } },
  },
  ssr: { noExternal: true },
})
