import { journey } from './journey'

test('an event arrives', async () => {
  expect(await journey()).toBe('arrived')
})
