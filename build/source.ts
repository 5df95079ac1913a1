import { globSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BuildOptions } from 'esbuild'

/** The root of the repository, with a slash at its end. */
export const root: string = fileURLToPath(new URL('../', import.meta.url))

/** The absolute paths of the files in `src` that match a pattern. */
export function sourceFiles(pattern: string): string[] {
  return globSync(pattern, { cwd: `${root}src` }).map((path) => `${root}src/${path}`)
}

/** The name of an output file for each source file: `webhook` for `src/entries/webhook.ts`. */
export function byName(files: readonly string[]): Record<string, string> {
  return Object.fromEntries(files.map((file) => [basename(file, '.ts'), file]))
}

/** What all builds of JavaScript have in common. `engines` in package.json promises Node.js 22.12. */
export const common = {
  absWorkingDir: root,
  bundle: true,
  target: 'es2023',
  logLevel: 'warning',
  // Without it esbuild would follow the `paths` of tsconfig.json, which are for tests and editors.
  tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
} as const satisfies BuildOptions
