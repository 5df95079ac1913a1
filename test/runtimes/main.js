// Runs the suite on Node.js, Bun and Deno.
import { runSuite } from './smoke.js'

console.log(JSON.stringify(await runSuite()))
