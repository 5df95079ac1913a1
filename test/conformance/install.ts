import { fileURLToPath } from 'node:url'
import { installOnce } from '../package/shell.ts'

/** Installs the clients. */
export async function installClients(): Promise<void> {
  // No scripts: one of the clients would download a tunnel to the internet.
  await installOnce(fileURLToPath(new URL('.', import.meta.url)), '--ignore-scripts')
}
