/** Runs all benchmarks, each in its own process. The exit status is 1 if a target is missed. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

for (const part of ['import-time', 'start-up', 'parts', 'http', 'stores']) {
  const script = fileURLToPath(new URL(`./${part}.ts`, import.meta.url))
  const { status } = spawnSync(process.execPath, ['--expose-gc', script], { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
