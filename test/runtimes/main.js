// Node, Bun and Deno start here.
import { runSuite } from './smoke.js'

console.log(JSON.stringify(await runSuite()))
