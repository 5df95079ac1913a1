// node esbuild.js <entry> <node|browser> <output>
import { build } from 'esbuild'

const [entry, platform, outfile] = process.argv.slice(2)
const format = outfile.endsWith('.cjs') ? 'cjs' : 'esm'
await build({ entryPoints: [entry], outfile, platform, format, bundle: true, minify: true, target: 'es2023' })
