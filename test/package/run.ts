// Tests what is packed, as a user gets it: `npm run build` first, then `npm run test:package`.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkConsumers } from './consumers.ts'
import { checkContents, checkLockFiles } from './contents.ts'
import { createReport } from './report.ts'
import { checkRuntimes } from './runtimes.ts'
import { checkSizes } from './sizes.ts'
import { install, pack } from './tarball.ts'

const report = createReport()
const folder = await mkdtemp(join(tmpdir(), 'x-account-activity-'))

await report.check('everything ran', async () => {
  const tarball = await pack(folder)
  const consumer = await install(tarball, join(folder, 'consumer'))
  await checkLockFiles(report)
  await checkContents(report, tarball, consumer)
  await checkConsumers(report, consumer)
  await checkSizes(report, consumer)
  // Last, because it breaks a file of the installed package on purpose.
  await checkRuntimes(report, consumer)
  report.section('In all')
})
await rm(folder, { recursive: true, force: true })

process.exitCode = report.close() ? 0 : 1
