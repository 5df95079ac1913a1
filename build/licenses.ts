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
  const { license, author } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'))
  // A package may only name this license. The text is that of TypeScript, which has the same.
  if (license === 'Apache-2.0') return readLicense('typescript')
  if (license === 'MIT' && typeof author === 'string') return `Copyright (c) ${author}\n\n${mitText}`
  throw new Error(`${folder} has no license`)
}

/** https://opensource.org/license/mit */
const mitText = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`
