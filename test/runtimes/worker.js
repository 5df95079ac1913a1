// Runs the suite on workerd: `workerd test` calls `test` of each worker, and opens no port.
import { runSuite } from './smoke.js'

export default {
  async test() {
    console.log(JSON.stringify(await runSuite()))
  },
}
