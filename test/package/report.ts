/** Counts checks and prints a line for each. The last line is `N passed, N failed`. */
export interface Report {
  section(title: string): void
  /** Passes unless `body` throws. A string that it returns is printed beside the name. */
  check(name: string, body: () => unknown): Promise<void>
  /** Prints the counts. Returns whether everything passed. */
  close(): boolean
}

export function createReport(): Report {
  let passed = 0
  let failed = 0
  return {
    section: (title) => console.log(`\n${title}`),
    async check(name, body) {
      try {
        const note = await body()
        passed++
        console.log(`  ok    ${name}${typeof note === 'string' ? `: ${note}` : ''}`)
      } catch (error) {
        failed++
        console.log(`  FAIL  ${name}\n${indent(describe(error))}`)
      }
    },
    close() {
      console.log(`\n${passed} passed, ${failed} failed`)
      return failed === 0 && passed > 0
    },
  }
}

/** The message with its long lines cut, and the first line of the stack. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const place = error.stack?.split('\n').find((line) => /^\s+at /.test(line))
  return `${error.message.replaceAll(/^(.{400}).+/gm, '$1 …')}\n${place ?? ''}`.trimEnd()
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '        ')
}
