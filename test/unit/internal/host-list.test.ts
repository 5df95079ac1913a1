import { describe, expect, it } from 'vitest'
import { createHostList } from '../../../src/internal/host-list.ts'

describe('a host list without entries', () => {
  it.each([
    'localhost',
    'LocalHost',
    'localhost.',
    'localhost:4000',
    'localhost.:4000',
    'localhost:',
    'localhost:80',
    'app.localhost',
    'a.b.LOCALHOST.:1',
    '127.0.0.1',
    '127.0.0.1:65535',
    '127.0.0.1.',
    '127.255.255.254',
    // The parser of URLs takes these for 127.0.0.1, as a browser does.
    '127.1',
    '2130706433',
    '0x7f.1',
    '[::1]',
    '[::1]:4000',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::FFFF:7F00:1]:4000',
  ])('has %s', (host) => {
    expect(createHostList([], 'hosts').has(host)).toBe(true)
  })

  it.each([
    '',
    ' localhost',
    'localhost..',
    '.localhost',
    'evil.example',
    'evil.example:4000',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '127.0.0.1.nip.io',
    'evillocalhost',
    'evil-localhost',
    'localhost@evil.example',
    'evil.example@localhost',
    'localhost/evil.example',
    'localhost#evil.example',
    'localhost, evil.example',
    'localhos%74',
    'localhost:65536',
    'localhost:-1',
    'localhost:80:80',
    'localhost:x',
    '126.255.255.255',
    '128.0.0.1',
    '127.0.0.256',
    '0.0.0.0',
    '10.0.0.1',
    '::1',
    '[::1',
    '[::2]',
    '[::]',
    '[::ffff:10.0.0.1]',
    '[fe80::1%25eth0]',
    'ｌocalhost',
    'null',
  ])('does not have "%s"', (host) => {
    expect(createHostList([], 'hosts').has(host)).toBe(false)
  })
})

describe('an entry', () => {
  it.each([
    ['emulator.test', 'emulator.test'],
    ['emulator.test', 'EMULATOR.test.:4000'],
    ['Emulator.TEST.', 'emulator.test'],
    ['emulator.test:4000', 'emulator.test:4000'],
    ['emulator.test:80', 'emulator.test:80'],
    ['emulator.test:080', 'emulator.test:80'],
    ['192.168.1.5', '192.168.1.5:4000'],
    ['[fd00::1]', '[fd00:0::1]:4000'],
    ['my_service', 'my_service:4000'],
  ])('%s has %s', (entry, host) => {
    expect(createHostList([entry], 'hosts').has(host)).toBe(true)
  })

  it.each([
    ['emulator.test', 'sub.emulator.test'],
    ['emulator.test', 'emulator.test.evil.example'],
    ['emulator.test:4000', 'emulator.test'],
    ['emulator.test:4000', 'emulator.test:4001'],
    ['emulator.test:80', 'emulator.test'],
    ['192.168.1.5', '192.168.1.6'],
  ])('%s does not have %s', (entry, host) => {
    expect(createHostList([entry], 'hosts').has(host)).toBe(false)
  })

  it.each([
    [['a', ''], RangeError, '"hosts[1]" must not be empty'],
    [['http://emulator.test'], RangeError, '"hosts[0]" must be a host name'],
    [['emulator.test/'], RangeError, '"hosts[0]" must be a host name'],
    [['*'], RangeError, '"hosts[0]" must be a host name'],
    [['*.emulator.test'], RangeError, '"hosts[0]" must be a host name'],
    [['emulator.test:99999'], RangeError, '"hosts[0]" must be a host name'],
    [['fd00::1'], RangeError, '"hosts[0]" must be a host name'],
    [[1], TypeError, '"hosts[0]" must be a string, got number'],
    [[null], TypeError, '"hosts[0]" must be a string, got null'],
    ['emulator.test', TypeError, '"hosts" must be an array, got string'],
    [null, TypeError, '"hosts" must be an array, got null'],
  ])('is refused: %j', (entries, type, message) => {
    const create = () => createHostList(entries as string[], 'hosts')
    expect(create).toThrow(type)
    expect(create).toThrow(message)
  })
})

describe('an origin', () => {
  const hosts = createHostList(['emulator.test', 'proxy.test:8443', 'secure.test:443'], 'hosts')

  it.each([
    'http://localhost:4000',
    'http://LOCALHOST:4000',
    'http://localhost.:4000',
    'http://127.0.0.1:4000',
    'http://[::1]:4000',
    'http://emulator.test:4000',
    'http://emulator.test',
    'https://emulator.test',
    'https://proxy.test:8443',
    'https://secure.test',
  ])('of this server: %s', (origin) => {
    expect(hosts.hasOrigin(origin, 4000)).toBe(true)
  })

  it.each([
    'null',
    '',
    'localhost:4000',
    'http://localhost',
    'http://localhost:4001',
    'http://evil.example:4000',
    'http://localhost.evil.example:4000',
    'http://evil.example, http://localhost:4000',
    'http://localhost:4000/path',
    'http://user@localhost:4000',
    'file://',
    'chrome-extension://localhost:4000',
    'http://proxy.test',
    'http://secure.test',
  ])('of another page: "%s"', (origin) => {
    expect(hosts.hasOrigin(origin, 4000)).toBe(false)
  })

  it('has the port of its scheme when none is written', () => {
    expect(hosts.hasOrigin('http://localhost', 80)).toBe(true)
    expect(hosts.hasOrigin('https://localhost', 443)).toBe(true)
    expect(hosts.hasOrigin('https://localhost', 80)).toBe(false)
    expect(hosts.hasOrigin('http://localhost', undefined)).toBe(false)
  })
})
