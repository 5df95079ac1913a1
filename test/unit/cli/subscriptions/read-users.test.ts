import { expect, test } from 'vitest'
import { readUsers } from '../../../../src/cli/subscriptions/read-users.ts'

const two = [
  { accessToken: '7-hush', accessTokenSecret: 'hush-1' },
  { accessToken: '8-hush', accessTokenSecret: 'hush-2' },
]

test.each([
  ['JSON', JSON.stringify(two)],
  ['JSON with a byte order mark', `\ufeff ${JSON.stringify(two)}`],
  ['CSV', 'accessToken,accessTokenSecret\n7-hush,hush-1\n8-hush,hush-2\n'],
  [
    'CSV of Windows with another order and empty lines',
    'name,accessTokenSecret,accessToken\r\n\r\na,hush-1,7-hush\r\nb,hush-2,8-hush',
  ],
  ['CSV with quotes', '"accessToken","accessTokenSecret","note"\n"7-hush","hush-1","a, ""b""\nc"\n"8-hush",hush-2,'],
])('reads %s', (_, text) => {
  expect(readUsers(text)).toEqual(two)
})

test('reads the id of a user', () => {
  expect(readUsers('userId,accessToken,accessTokenSecret\n7,hush,hush')).toEqual([
    { accessToken: 'hush', accessTokenSecret: 'hush', userId: '7' },
  ])
  expect(readUsers('[]')).toEqual([])
  expect(readUsers('accessToken,accessTokenSecret')).toEqual([])
})

const csv = 'accessToken,accessTokenSecret\n7-hush,hush\n'

test.each([
  ['', 'The first line of a CSV file must have the headers accessToken and accessTokenSecret.'],
  ['7-hush,hush', 'The first line of a CSV file must have the headers accessToken and accessTokenSecret.'],
  [`${csv}8-hush`, 'Line 3 has 1 fields, and the first line has 2.'],
  [`${csv}8-hush,`, 'Line 3 has an empty "accessTokenSecret".'],
  [`${csv}8-hush,hu sh`, 'Line 3 has white space in "accessTokenSecret".'],
  [`${csv}hush,hush`, 'Line 3 has an access token that does not begin with the id of the user.'],
  [`${csv}8-hush,"hu"sh`, 'Line 3 has a double quote in the wrong place.'],
  [`accessToken,accessTokenSecret,note\n7-hush,hush,"a\nb"\n8-hush`, 'Line 4 has 1 fields, and the first line has 3.'],
  ['{"accessToken":"7-hush","accessTokenSecret":"hush"}', 'The file must hold a JSON array of users.'],
  ['[\n{"accessToken":"7-hush"}]', 'Entry 1 has no "accessTokenSecret", or it is not text.'],
  ['[{"accessToken":"7-hush","accessTokenSecret":"hush","userId":7}]', 'Entry 1 has no "userId", or it is not text.'],
  [
    '[{"accessToken":"7-hush","accessTokenSecret":"hush","userId":"8"}]',
    'Entry 1 has a "userId" that is not the id at the beginning of its access token.',
  ],
  ['["7-hush"]', 'Entry 1 is not an object.'],
])('refuses %j', (text, message) => {
  const error = errorOf(() => readUsers(text))
  expect(error).toMatchObject({ code: 'usage', exitCode: 2, message })
  expect(`${error.message} ${JSON.stringify(error)}`).not.toMatch(/hush/)
})

test('names the line of wrong JSON, and shows nothing of it', () => {
  const error = errorOf(() => readUsers('[\n{"accessToken": "7-hush",\n"accessTokenSecret": hush }]'))
  expect(error.message).toMatch(/^The file is not valid JSON(: see line 3)?\.$/)
  expect(JSON.stringify(error)).not.toMatch(/hush/)
})

function errorOf(action: () => unknown): Error {
  try {
    action()
  } catch (error) {
    return error as Error
  }
  throw new Error('It did not throw.')
}
