// Generates handlers into projects with the packed tarball and real frameworks, and runs them. Run `npm run build` first,
// then `npm run test:generate`, or `npm run test:generate -- koa` for the projects of one framework.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createReport } from '../package/report.ts'
import { pack } from '../package/tarball.ts'
import { checkProject } from './check-project.ts'
import { installGroup } from './install.ts'
import { projects } from './projects.ts'

const wanted = process.argv.slice(2)
const chosen = projects.filter(({ framework }) => wanted.length === 0 || wanted.includes(framework))
const report = createReport()
const folder = await mkdtemp(join(tmpdir(), 'x-account-activity-generate-'))

await report.check('everything ran', async () => {
  const tarball = await pack(folder)
  for (const group of new Set(chosen.map((project) => project.group))) {
    const modules = await installGroup(group, tarball, folder)
    for (const [index, project] of chosen.filter((one) => one.group === group).entries()) {
      await checkProject(report, project, modules, join(folder, group, `${index}-${project.framework}`))
    }
  }
  report.section('Everything')
})
await rm(folder, { recursive: true, force: true })

process.exitCode = report.close() ? 0 : 1
