import { describe, expect, it } from 'vitest'
import { occurredAt, timeForId } from '../../../../src/events/read/occurred-at.ts'

describe('occurredAt', () => {
  it.each([
    { of: 'milliseconds in a string', value: { timestamp_ms: '1577106209387' }, time: '2019-12-23T13:03:29.387Z' },
    { of: 'milliseconds as a number', value: { timestamp_ms: 1576540199643 }, time: '2019-12-16T23:49:59.643Z' },
    { of: 'created_timestamp', value: { created_timestamp: '1576212630171' }, time: '2019-12-13T04:50:30.171Z' },
    { of: 'the epoch', value: { timestamp_ms: '0' }, time: '1970-01-01T00:00:00.000Z' },
    {
      of: 'the date of a post',
      value: { created_at: 'Thu Apr 06 15:24:15 +0000 2017' },
      time: '2017-04-06T15:24:15.000Z',
    },
    {
      of: 'the date of a post in another time zone',
      value: { created_at: 'Thu Apr 06 15:24:15 +0530 2017' },
      time: '2017-04-06T09:54:15.000Z',
    },
    {
      of: 'an ISO date with an offset',
      value: { date_time: '2018-05-24T09:48:12+00:00' },
      time: '2018-05-24T09:48:12.000Z',
    },
    { of: 'an ISO date with Z', value: { created_at: '2025-12-07T17:00:01.000Z' }, time: '2025-12-07T17:00:01.000Z' },
    {
      of: 'the latest time that a Date can hold',
      value: { timestamp_ms: 8.64e15 },
      time: '+275760-09-13T00:00:00.000Z',
    },
    {
      of: 'milliseconds before seconds',
      value: { created_at: 'Mon Dec 23 13:03:29 +0000 2019', timestamp_ms: '1577106209387' },
      time: '2019-12-23T13:03:29.387Z',
    },
    {
      of: 'the next field when the first is not a time',
      value: { timestamp_ms: 'soon', created_at: 'Mon Dec 23 13:03:29 +0000 2019' },
      time: '2019-12-23T13:03:29.000Z',
    },
  ])('reads $of', ({ value, time }) => {
    expect(occurredAt(value)?.toISOString()).toBe(time)
  })

  it.each([
    ['a time beyond the latest', { timestamp_ms: 8.64e15 + 1 }],
    ['twenty digits', { timestamp_ms: '99999999999999999999' }],
    ['NaN', { timestamp_ms: Number.NaN }],
    ['Infinity', { timestamp_ms: Number.POSITIVE_INFINITY }],
    ['an empty string', { timestamp_ms: '' }],
    ['a word', { created_at: 'yesterday' }],
    ['a month that does not exist', { created_at: 'Thu Foo 06 15:24:15 +0000 2017' }],
    ['an hour that does not exist', { created_at: 'Thu Apr 06 25:24:15 +0000 2017' }],
    ['a date without a time zone', { date_time: '2018-05-24T09:48:12' }],
    ['null', { timestamp_ms: null }],
    ['a list', { timestamp_ms: ['1577106209387'] }],
    ['an object without a time', {}],
    ['a string', 'text'],
    ['nothing', undefined],
  ])('returns undefined for %s', (_, value) => {
    expect(occurredAt(value)).toBeUndefined()
  })
})

describe('timeForId', () => {
  it.each([
    [{ created_timestamp: '1576212630171' }, '1576212630171'],
    [{ timestamp_ms: 1576212630171 }, '1576212630171'],
    [{ created_timestamp: '0001576212630171' }, '1576212630171'],
    [{ timestamp_ms: '0' }, '0'],
    [{ timestamp_ms: 8.64e15 }, '8640000000000000'],
    [{ timestamp_ms: 8.64e15 + 2 }, '8640000000000002'],
    [{ created_at: 'Thu Apr 06 15:24:15 +0000 2017' }, '1491492255000'],
    [{ date_time: '2018-05-24T09:48:12+00:00' }, '1527155292000'],
    [{ timestamp_ms: 'soon', created_at: 'Thu Apr 06 15:24:15 +0000 2017' }, '1491492255000'],
    [{ created_timestamp: 'soon' }, 'soon'],
    [{ created_timestamp: '' }, undefined],
    [{}, undefined],
    [null, undefined],
  ])('of %j is %s', (value, text) => {
    expect(timeForId(value)).toBe(text)
  })
})
