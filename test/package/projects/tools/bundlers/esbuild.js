// node esbuild.js <entry> <node|browser> <output>
import { build } from 'esbuild'

const [entry, platform, outfile] = process.argv.slice(2)
await build({ entryPoints: [entry], outfile, platform, bundle: true, minify: true, format: 'esm', target: 'es2023' })
