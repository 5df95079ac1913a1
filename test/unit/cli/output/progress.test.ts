import { expect, test } from 'vitest'
import { createProgress, formatBar } from '../../../../src/cli/output/progress.ts'

function progressOn(isTerminal: boolean, quiet = false) {
  const written: string[] = []
  const stream = { write: (text: string) => void written.push(text), isTerminal, hasColors: false, columns: 60 }
  return {
    written,
    progress: createProgress({ process: { stdout: stream, stderr: stream }, flags: { json: false, quiet } }),
  }
}

test.each([
  [0, 4, '░░░░░░░░░░░░░░░░░░░░░░░░'],
  [1, 4, '██████░░░░░░░░░░░░░░░░░░'],
  [4, 4, '████████████████████████'],
  [5, 4, '████████████████████████'],
  [0, 0, '████████████████████████'],
])('the bar of %d of %d is %s', (done, total, expected) => {
  expect(formatBar(done, total)).toBe(expected)
})

test('in a terminal, draws one line again and again', () => {
  const { written, progress } = progressOn(true)
  progress.bar('Syncing', 1, 2)
  progress.status('x'.repeat(100))
  progress.end()
  progress.end()
  expect(written).toEqual(['\r\x1b[2KSyncing ████████████░░░░░░░░░░░░ 1 of 2', `\r\x1b[2K${'x'.repeat(58)}…`, '\n'])
})

test('elsewhere, prints each status once, and a bar when it is full', () => {
  const { written, progress } = progressOn(false)
  progress.bar('Syncing', 1, 2)
  progress.bar('Syncing', 2, 2)
  progress.status('waiting')
  progress.status('waiting')
  progress.end()
  expect(written).toEqual(['Syncing ████████████████████████ 2 of 2\n', 'waiting\n'])
})

test('prints nothing with --quiet', () => {
  const { written, progress } = progressOn(true, true)
  progress.bar('Syncing', 2, 2)
  progress.line('done')
  expect(written).toEqual([])
})
