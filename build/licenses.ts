import { readFile } from 'node:fs/promises'
import { root } from './source.ts'

/** What the licenses of packages ask to be copied with their code. */
export async function licensesOf(packages: readonly string[]): Promise<string> {
  const parts = await Promise.all(
    packages.map(async (name) => `${name}\n${'='.repeat(name.length)}\n\n${await readLicense(name)}`),
  )
  return `The files in this folder contain code of these packages.\n\n${parts.join('\n')}`
}

async function readLicense(name: string): Promise<string> {
  const folder = `${root}node_modules/${name}`
  for (const file of ['LICENSE', 'license', 'LICENSE.md', 'LICENSE.txt']) {
    const text = await readFile(`${folder}/${file}`, 'utf8').catch(() => undefined)
    if (text !== undefined) return text
  }
  const { license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'))
  // A package may only name this license. The text is that of TypeScript, which has the same.
  if (license === 'Apache-2.0') return readLicense('typescript')
  throw new Error(`${folder} has no license`)
}
