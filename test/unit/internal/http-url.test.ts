import { describe, expect, it } from 'vitest'
import { parseHttpUrl } from '../../../src/internal/http-url.ts'

describe('parseHttpUrl', () => {
  it.each([
    ['https://api.x.com', 'https://api.x.com/'],
    ['HTTP://API.X.COM/', 'http://api.x.com/'],
    ['https://api.x.com/2/webhooks?a=1#b', 'https://api.x.com/2/webhooks?a=1#b'],
    ['https://api.x.com?a=1', 'https://api.x.com/?a=1'],
    ['http://localhost:1', 'http://localhost:1/'],
    ['http://127.0.0.1:65535', 'http://127.0.0.1:65535/'],
    ['http://[::1]:8080', 'http://[::1]:8080/'],
    ['https://a_b.example.', 'https://a_b.example./'],
    [`https://${'a'.repeat(63)}.example`, `https://${'a'.repeat(63)}.example/`],
    // The example of https://url.spec.whatwg.org/#host-representation, as a browser writes it.
    ['https://münchen.example', 'https://xn--mnchen-3ya.example/'],
  ])('reads %s', (text, href) => {
    expect(parseHttpUrl(text, 'url').href).toBe(href)
  })

  it('takes a URL object', () => {
    expect(parseHttpUrl(new URL('https://api.x.com/a'), 'url').href).toBe('https://api.x.com/a')
  })

  it.each([
    ['no scheme', 'api.x.com'],
    ['a path', '/webhook'],
    ['another scheme', 'ftp://api.x.com'],
    ['one slash too few', 'https:/api.x.com'],
    ['no slashes', 'https:api.x.com'],
    ['one slash too many', 'https:///api.x.com'],
    ['backslashes', 'https:\\\\api.x.com'],
    ['no host', 'https://'],
    ['no host before the path', 'https:///path'],
    ['white space in front', ' https://api.x.com'],
    ['white space at the end', 'https://api.x.com '],
    ['white space in the host', 'https://api. x.com'],
    ['white space in the path', 'https://api.x.com/a b'],
    ['a user name', 'https://user@api.x.com'],
    ['a password', 'https://user:password@api.x.com'],
    ['an empty port', 'https://api.x.com:'],
    ['port 0', 'https://api.x.com:0'],
    ['port 65536', 'https://api.x.com:65536'],
    ['a port that is not a number', 'https://api.x.com:https'],
    ['a number for a host', 'http://1'],
    ['a hexadecimal address', 'http://0x7f.1'],
    ['an address with a number above 255', 'http://127.0.0.256'],
    ['an escape in the host', 'https://api%2ex.com'],
    ['an empty label', 'https://api..x.com'],
    ['a label that begins with a hyphen', 'https://-api.x.com'],
    ['a label of 64 characters', `https://${'a'.repeat(64)}.example`],
    ['a host of 255 characters', `https://${'a.'.repeat(124)}example`],
    ['a broken IPv6 address', 'http://[::1'],
    ['a URL object of another scheme', new URL('file:///a')],
  ])('refuses %s', (_, value) => {
    expect(() => parseHttpUrl(value, 'baseUrl')).toThrow(
      new RangeError('"baseUrl" must be an absolute http or https URL with a valid host and port'),
    )
  })

  it.each([
    [undefined, TypeError, '"url" must be a string, got undefined'],
    [null, TypeError, '"url" must be a string, got null'],
    [1, TypeError, '"url" must be a string, got number'],
    [{}, TypeError, '"url" must be a string, got object'],
    ['', RangeError, '"url" must not be empty'],
  ])('throws on %j', (value, type, message) => {
    expect(() => parseHttpUrl(value, 'url')).toThrow(new type(message))
  })
})
