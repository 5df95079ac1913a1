import { fileURLToPath } from 'node:url'
import { installOnce } from '../package/shell.ts'

/** Installs the clients of other projects. */
export async function installClients(): Promise<void> {
  // Without scripts: the script of one client would download a tunnel.
  await installOnce(fileURLToPath(new URL('.', import.meta.url)), '--ignore-scripts')
}
