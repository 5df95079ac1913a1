import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { profilesFile, readProfiles, updateProfile, writeProfiles } from '../../../../src/cli/credentials/profiles.ts'
import { tempFolder } from '../../../support/temp-folder.ts'

test('there are no profiles without a file', async () => {
  expect(await readProfiles({ configFolder: join(tempFolder(), 'absent') })).toEqual({ profiles: {} })
})

test('only the owner may read what is written', async () => {
  const context = { configFolder: join(tempFolder(), 'config') }
  await writeProfiles(context, { profiles: { main: { X_CONSUMER_KEY: 'key' } } })
  expect(statSync(profilesFile(context)).mode & 0o777).toBe(0o600)
  expect(statSync(context.configFolder).mode & 0o777).toBe(0o700)
  expect(await readProfiles(context)).toEqual({ profiles: { main: { X_CONSUMER_KEY: 'key' } } })
})

test('an update changes one profile, and the first one becomes the default', async () => {
  const context = { configFolder: tempFolder() }
  await updateProfile(context, 'main', { X_ACCESS_TOKEN: 'a', X_ACCESS_TOKEN_SECRET: 'b' })
  await updateProfile(context, 'bot', { X_ACCESS_TOKEN: 'c' })
  await updateProfile(context, 'main', { X_ACCESS_TOKEN: 'd', X_ACCESS_TOKEN_SECRET: undefined })
  expect(await readProfiles(context)).toEqual({
    default: 'main',
    profiles: { main: { X_ACCESS_TOKEN: 'd' }, bot: { X_ACCESS_TOKEN: 'c' } },
  })
})

test.each([
  ['no JSON', '{"profiles": {"main": {"X_CONSUMER_SECRET": "hush"'],
  ['an array', '[]'],
  ['no profiles', '{}'],
  ['a profile that is text', '{"profiles": {"main": "hush"}}'],
  ['a value that is a number', '{"profiles": {"main": {"X_CONSUMER_SECRET": 1}}}'],
])('a file with %s is malformed, and the error does not show it', async (_, text) => {
  const context = { configFolder: tempFolder({ 'profiles.json': text }) }
  const path = profilesFile(context)
  const error = await readProfiles(context).catch((error: unknown) => error)
  expect(error).toMatchObject({ code: 'profiles_malformed', exitCode: 4, message: `${path} does not hold profiles.` })
  expect(String(error)).not.toMatch(/hush/)
})
