import assert from 'node:assert/strict'
import type { Report } from './report.ts'
import type { Output } from './shell.ts'

/** Runs a program that prints the results of its cases as one line of JSON, and counts each case as a check. */
export async function checkSuite(report: Report, name: string, start: () => Promise<Output>): Promise<void> {
  report.section(name)
  let results: readonly { name: string; error?: string }[] = []
  await report.check('runs the suite', async () => {
    const { stdout, stderr } = await start()
    results = JSON.parse(`${stdout}${stderr}`.split('\n').find((line) => line.startsWith('[{')) ?? '[]')
    assert.ok(results.length > 0, `printed ${stdout}${stderr}`)
  })
  for (const { name, error } of results) {
    await report.check(name, () => {
      if (error !== undefined) throw new Error(error)
    })
  }
}
