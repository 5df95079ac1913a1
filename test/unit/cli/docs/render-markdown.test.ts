import { expect, test } from 'vitest'
import { renderMarkdown } from '../../../../src/cli/docs/render-markdown.ts'

test('renders headings, code and links', () => {
  const markdown = [
    '# A guide to `x`',
    '',
    'See [X](https://docs.x.com), [errors](errors.md#reasons) and [the source](../../src/). **Now.**',
    '',
    '```ts',
    '# no heading',
    '',
    '[a](b)',
    '```',
    '',
  ].join('\n')
  expect(renderMarkdown(markdown, (format, text) => `<${format}>${text}`)).toBe(
    [
      '<bold>A guide to `x`',
      '',
      'See X (https://docs.x.com), errors (docs errors) and the source. Now.',
      '',
      '<cyan>    # no heading',
      '<cyan>',
      '<cyan>    [a](b)',
    ].join('\n'),
  )
})
