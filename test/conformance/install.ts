import { stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { npm } from '../package/shell.ts'

const home = fileURLToPath(new URL('.', import.meta.url))

/** Installs the clients, once for each lock file: npm leaves its own copy of it behind in node_modules. */
export async function installClients(): Promise<void> {
  const changed = await lastChange('package-lock.json')
  const installed = await lastChange('node_modules/.package-lock.json')
  // No scripts: one of the clients would download a tunnel to the internet.
  if (installed < changed) await npm(['ci', '--ignore-scripts', '--prefer-offline', '--loglevel=error'], home)
}

async function lastChange(file: string): Promise<number> {
  return stat(`${home}${file}`).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  )
}
