// Tests the packed tarball in projects like those of users. Run `npm run build` first, then `npm run test:package`.
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkCommandLine } from './command-line.ts'
import { checkJavaScript } from './consumers.ts'
import { checkContents, checkLockFiles } from './contents.ts'
import { checkPeers } from './peers.ts'
import { checkNest, checkTools, installProject } from './projects.ts'
import { createReport } from './report.ts'
import { checkRuntimes } from './runtimes.ts'
import { root } from './shell.ts'
import { checkSizes } from './sizes.ts'
import { installWithPeers, pack } from './tarball.ts'
import { checkOldestPeerTypes, checkTypeScript } from './typescript.ts'

const report = createReport()
const folder = await mkdtemp(join(tmpdir(), 'x-account-activity-'))
const fixtures = join(root, 'test/package/fixtures')

await report.check('everything ran', async () => {
  const tarball = await pack(folder)
  const tools = await installProject('tools', tarball, folder)
  const newest = await installWithPeers(tarball, 'newest', join(folder, 'newest'))
  await cp(fixtures, newest, { recursive: true })

  await checkLockFiles(report)
  await checkContents(report, tarball, newest)
  await checkJavaScript(report, newest)
  await checkCommandLine(report, newest)
  await checkTypeScript(report, newest, tools)
  await checkSizes(report, newest)
  await checkTools(report, tools)

  report.section('The newest optional peers')
  await checkPeers(report, newest)
  report.section('The oldest optional peers')
  const oldest = await installWithPeers(tarball, 'oldest', join(folder, 'oldest'))
  await cp(fixtures, oldest, { recursive: true })
  await checkOldestPeerTypes(report, oldest, tools)
  await checkPeers(report, oldest)

  await checkNest(report, {
    'nest-11': await installProject('nest-11', tarball, folder),
    'nest-12': await installProject('nest-12', tarball, folder),
  })
  // The last check, because it breaks files of the installed package on purpose.
  await checkRuntimes(report, newest)
  report.section('Everything')
})
await rm(folder, { recursive: true, force: true })

process.exitCode = report.close() ? 0 : 1
