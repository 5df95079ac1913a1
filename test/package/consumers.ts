import assert from 'node:assert/strict'
import { join } from 'node:path'
import manifest from '../../package.json' with { type: 'json' }
import type { Report } from './report.ts'
import { run } from './shell.ts'

/** What a user writes after `import`: `x-account-activity/webhook`. */
export const subpaths: readonly string[] = Object.keys(manifest.exports)
  .filter((subpath) => subpath !== './package.json')
  .map((subpath) => manifest.name + subpath.slice('.'.length))

/** Loads every entry point of the installed package, by `import` and by `require`. */
export async function checkJavaScript(report: Report, consumer: string): Promise<void> {
  report.section(`JavaScript, on Node ${process.version}`)
  const imported = await exportedNames('import.js', consumer)
  const required = await exportedNames('require.cjs', consumer)
  for (const subpath of subpaths) {
    await report.check(`import '${subpath}'`, () => {
      assert.ok(imported[subpath]?.length, 'exports nothing')
      assert.ok(!imported[subpath].includes('default'), 'has a default export')
    })
    await report.check(`require('${subpath}')`, () => assert.deepEqual(required[subpath], imported[subpath]))
  }
  await report.check('the bundles for Node.js export what the modules for bundlers export', async () => {
    const modules = join(consumer, 'node_modules/x-account-activity/dist/esm/entries')
    for (const subpath of subpaths) {
      const name = subpath.slice(manifest.name.length + 1).replaceAll('/', '-') || 'index'
      const exported = Object.keys((await import(join(modules, `${name}.js`))) as object)
      assert.deepEqual(imported[subpath], exported.sort(), subpath)
    }
  })
  for (const script of ['classes.js', 'classes.cjs']) {
    await report.check(`each class is there once, whichever entry point it comes from (${script})`, async () => {
      await run(process.execPath, [script, ...subpaths], { cwd: consumer })
    })
  }
  await report.check('the guards know errors of either format', async () => {
    await run(process.execPath, ['guards.cjs'], { cwd: consumer })
  })
}

async function exportedNames(script: string, consumer: string): Promise<Record<string, string[]>> {
  const { stdout, stderr } = await run(process.execPath, [script, ...subpaths], { cwd: consumer })
  assert.equal(stderr, '', `${script} warns`)
  return JSON.parse(stdout) as Record<string, string[]>
}
