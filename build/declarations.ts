import { globSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { build } from 'tsup'
import { byName, root, sourceFiles } from './source.ts'

/**
 * Builds the declarations: one `.d.ts` for each entry point and files that they share, and a copy of each as `.d.cts`
 * for CommonJS. The ending decides which format a declaration is for.
 */
export async function buildDeclarations(folder: string): Promise<void> {
  const entry = byName(sourceFiles('entries/*.ts'))
  await build({ config: false, silent: true, entry, format: 'esm', dts: { only: true, entry }, outDir: folder })
  const files = globSync(`${root}${folder}/*.d.ts`)
  await Promise.all(
    files.map(async (file) => {
      const declaration = withDisposable(await readFile(file, 'utf8'))
      await writeFile(file, declaration)
      await writeFile(file.replace(/ts$/, 'cts'), toCommonJs(declaration))
    }),
  )
}

/** A program without the types of Node.js does not have `AsyncDisposable`, unless its `lib` names it. */
function withDisposable(declaration: string): string {
  return /\bAsyncDisposable\b/.test(declaration)
    ? `/// <reference lib="esnext.disposable" />\n${declaration}`
    : declaration
}

/** msw 3 is ESM only: a declaration for CommonJS may import types from such a package if it says so. */
const esmOnly = /^import (?:type )?(\{[^}]*\}) from 'msw';$/gm

function toCommonJs(declaration: string): string {
  return declaration
    .replace(/(?<=(?:from|import) '\.\/[^']+)\.js(?=';)/g, '.cjs')
    .replace(esmOnly, "import type $1 from 'msw' with { 'resolution-mode': 'import' };")
}
