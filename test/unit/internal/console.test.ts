import { expect, it, vi } from 'vitest'
import { writeToConsole } from '../../../src/internal/console.ts'

it('writes to the console, with the name of the package first', () => {
  const write = vi.spyOn(console, 'error').mockReturnValue()
  const error = new Error('disk is full')
  writeToConsole(error)
  writeToConsole('a hint', 1)
  expect(write.mock.calls).toEqual([
    ['x-account-activity:', error],
    ['x-account-activity:', 'a hint', 1],
  ])
  write.mockRestore()
})
