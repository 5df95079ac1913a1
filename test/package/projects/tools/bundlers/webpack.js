// node webpack.js <entry> <node|browser> <output>
import { basename, dirname, resolve } from 'node:path'
import { promisify } from 'node:util'
import webpack from 'webpack'

const [entry, platform, output] = process.argv.slice(2)
const stats = await promisify(webpack)({
  mode: 'production',
  target: platform === 'node' ? 'node22' : ['web', 'es2022'],
  entry: resolve(entry),
  // The main entry point with everything is larger than what webpack advises for a page.
  performance: false,
  output: { path: dirname(resolve(output)), filename: basename(output), chunkFormat: false },
})
if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString())
