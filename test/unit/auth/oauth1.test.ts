import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { type OAuth1Options, type OAuth1Request, signOAuth1 } from '../../../src/auth/oauth1.ts'

const app = { consumerKey: 'ck', consumerSecret: 'cs' }
const user = { ...app, accessToken: 'at', accessTokenSecret: 'ats' }
const get = { method: 'GET', url: 'https://api.x.com/2/webhooks' }

/** The decoded fields of a header. */
function fields(header: string): Record<string, string> {
  const pairs = [...header.matchAll(/(\w+)="([^"]*)"/g)]
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, decodeURIComponent(value)]))
}

function signatureOf(request: OAuth1Request, credentials = user, options: OAuth1Options = {}): string | undefined {
  return fields(signOAuth1(request, credentials, { nonce: 'n', timestamp: 1, ...options })).oauth_signature
}

describe('published vectors', () => {
  // https://docs.x.com/fundamentals/authentication/oauth-1-0a/creating-a-signature
  const page = {
    consumerKey: 'xvz1evFS4wEEPTGEFPHBog',
    consumerSecret: 'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
    accessToken: '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb',
    accessTokenSecret: 'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE',
  }
  const pageOptions = { nonce: 'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg', timestamp: 1318622958 }
  const pageForm = { status: 'Hello Ladies + Gentlemen, a signed OAuth request!' }
  // https://www.rfc-editor.org/rfc/rfc5849#section-1.2, https://www.rfc-editor.org/rfc/rfc5849#section-3.4.1 with
  // https://www.rfc-editor.org/errata/eid2550, and https://oauth.net/core/1.0a/ (appendix A.5)
  const photos = {
    consumerKey: 'dpf43f3p2l4k3l03',
    consumerSecret: 'kd94hf93k423kf44',
    accessToken: 'nnch734d00sl2jdk',
    accessTokenSecret: 'pfkkdhi9sl3r4s00',
  }
  const photosUrl = 'http://photos.example.net/photos?file=vacation.jpg&size=original'
  // The tests in https://github.com/xdevplatform/autohook
  const autohook = {
    consumerKey: 'consumer_key',
    consumerSecret: 'consumer_secret',
    accessToken: 'test_user_token',
    accessTokenSecret: 'test_user_token_secret',
  }

  it.each([
    {
      name: 'the documentation of X for api.x.com',
      request: {
        method: 'POST',
        url: 'https://api.x.com/1.1/statuses/update.json?include_entities=true',
        form: pageForm,
      },
      credentials: page,
      options: pageOptions,
      signature: 'Ls93hJiZbQ3akF3HF3x1Bz8/zU4=',
    },
    {
      name: 'the documentation of X for api.twitter.com',
      request: {
        method: 'post',
        url: 'https://API.twitter.com:443/1.1/statuses/update.json?include_entities=true#top',
        form: pageForm,
      },
      credentials: page,
      options: pageOptions,
      signature: 'hCtSmYh+iHYCEqBWrE7C7hYmtUk=',
    },
    {
      name: 'the documentation of X for version 1',
      request: {
        method: 'POST',
        url: 'https://api.twitter.com/1/statuses/update.json?include_entities=true',
        form: pageForm,
      },
      credentials: page,
      options: pageOptions,
      signature: 'tnnArxj06cWHq44gCs1OSKk/jLY=',
    },
    {
      name: 'RFC 5849, section 1.2, token',
      request: { method: 'POST', url: 'https://photos.example.net/token' },
      credentials: { ...photos, accessToken: 'hh5s93j4hdidpola', accessTokenSecret: 'hdhd0244k9j7ao03' },
      options: { nonce: 'walatlh', timestamp: 137131201, verifier: 'hfdp7dh39dks9884', version: false },
      signature: 'gKgrFCywp7rO0OXSjdot/IHF7IU=',
    },
    {
      name: 'RFC 5849, section 1.2, photos',
      request: { method: 'GET', url: photosUrl },
      credentials: photos,
      options: { nonce: 'chapoH', timestamp: 137131202, realm: 'Photos', version: false },
      signature: 'MdpQcU8iPSUjWoN/UDMsK2sui9I=',
    },
    {
      name: 'RFC 5849, section 3.4.1 (erratum 2550)',
      request: {
        method: 'POST',
        url: 'http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b',
        form: { c2: '', a3: '2 q' },
      },
      credentials: {
        consumerKey: '9djdj82h48djs9d2',
        consumerSecret: 'j49sk3j29djd',
        accessToken: 'kkk9d7dh3k39sjv7',
        accessTokenSecret: 'dh893hdasih9',
      },
      options: { nonce: '7d8f3e4a', timestamp: 137131201, version: false },
      signature: 'r6/TJjbCOr97/+UU0NsvSne7s5g=',
    },
    {
      name: 'OAuth Core 1.0 A, photos',
      request: { method: 'GET', url: new URL(photosUrl) },
      credentials: photos,
      options: { nonce: 'kllo9940pd9333jh', timestamp: 1191242096 },
      signature: 'tR3+Ty81lMeYAr/Fid0kMTYa/WM=',
    },
    {
      name: 'autohook for a form',
      request: {
        method: 'POST',
        url: 'https://example.com/form/oauth',
        form: { test_value: '42', form: 'true', json: 'false' },
      },
      credentials: autohook,
      options: { nonce: 'v9jKGGxfQiD2u09dgcFucmyCXKckcpGprlojZhxV4', timestamp: 1584380758 },
      signature: '7KNZQnQi9ZnV9289OmqE4Xg7dck=',
    },
    {
      name: 'autohook for a JSON body, which is not signed',
      request: { method: 'POST', url: 'https://example.com/json/oauth' },
      credentials: autohook,
      options: { nonce: 'kCMhnYwha4MIuIIRVbYt62A9eoIboIP8', timestamp: 1584407161 },
      signature: '4oV4jRsCON/bLeCePh5zR+d73MI=',
    },
  ])('signs as $name does', ({ request, credentials, options, signature }) => {
    expect(fields(signOAuth1(request, credentials, options)).oauth_signature).toBe(signature)
  })

  it('encodes and sorts the fields of the header, with the realm first', () => {
    const request = { method: 'GET', url: photosUrl }
    const options = { nonce: 'chapoH', timestamp: 137131202, realm: 'Photos', version: false }
    expect(signOAuth1(request, photos, options)).toBe(
      'OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_nonce="chapoH", ' +
        'oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D", oauth_signature_method="HMAC-SHA1", ' +
        'oauth_timestamp="137131202", oauth_token="nnch734d00sl2jdk"',
    )
  })
})

describe('the rules of RFC 5849', () => {
  it.each([
    ['+ and %20 in the query', 'https://x.com/a?q=1+2', 'https://x.com/a?q=1%202'],
    ['the case of scheme and host', 'HTTPS://X.COM/a', 'https://x.com/a'],
    ['the default port', 'https://x.com:443/a', 'https://x.com/a'],
    ['a fragment', 'https://x.com/a#b?c=d', 'https://x.com/a'],
    ['no path and the root', 'https://x.com', 'https://x.com/'],
    ['the order of parameters', 'https://x.com/a?b=2&a=2&a=1', 'https://x.com/a?a=1&a=2&b=2'],
    ['a name with and without =', 'https://x.com/a?b', 'https://x.com/a?b='],
    ['encoded and bare unreserved characters', 'https://x.com/a?%61=%7E', 'https://x.com/a?a=~'],
  ])('ignore %s', (_, one, other) => {
    expect(signatureOf({ method: 'GET', url: one })).toBe(signatureOf({ method: 'GET', url: other }))
  })

  it.each([
    ['a value with = in it', 'https://x.com/a?b=c=d', 'https://x.com/a?b=c'],
    ['a repeated parameter', 'https://x.com/a?b=1&b=2', 'https://x.com/a?b=2'],
    ['an empty parameter', 'https://x.com/a?b=', 'https://x.com/a'],
    ['another port', 'https://x.com:8443/a', 'https://x.com/a'],
    ['the case of the path', 'https://x.com/A', 'https://x.com/a'],
    ['%2B and +', 'https://x.com/a?b=%2B', 'https://x.com/a?b=+'],
    ['a parameter called __proto__', 'https://x.com/a?__proto__=1', 'https://x.com/a'],
    ['a parameter called constructor', 'https://x.com/a?constructor=1', 'https://x.com/a'],
  ])('do not ignore %s', (_, one, other) => {
    expect(signatureOf({ method: 'GET', url: one })).not.toBe(signatureOf({ method: 'GET', url: other }))
  })

  it('sign query and form together, including repeated parameters', () => {
    const split = { method: 'POST', url: 'https://x.com/a?b=1&c=3', form: { b: '2' } }
    const form = { method: 'POST', url: 'https://x.com/a', form: { b: ['2', '1'], c: '3' } }
    const query = { method: 'POST', url: 'https://x.com/a?b=1&b=2&c=3' }
    expect(signatureOf(split)).toBe(signatureOf(query))
    expect(signatureOf(form)).toBe(signatureOf(query))
  })

  it('treat an empty list of values as no parameter', () => {
    expect(signatureOf({ ...get, form: { b: [] } })).toBe(signatureOf(get))
  })

  it('give the same signature for a query and for the form with the same parameters', () => {
    const parameters = fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })), {
      maxLength: 6,
    })
    fc.assert(
      fc.property(parameters, (pairs) => {
        const form: Record<string, string[]> = Object.create(null)
        for (const [name, value] of pairs) form[name] = [...(form[name] ?? []), value]
        const query = pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
        const url = `https://x.com/a${query.length > 0 ? `?${query.join('&')}` : ''}`
        const plain = { method: 'POST', url: 'https://x.com/a', form }
        expect(signatureOf({ method: 'POST', url })).toBe(signatureOf(plain))
      }),
    )
  })
})

describe('the parameters of the header', () => {
  it('include a new nonce of 32 hexadecimal digits each time', () => {
    const nonces = Array.from({ length: 100 }, () => fields(signOAuth1(get, app)).oauth_nonce)
    expect(new Set(nonces).size).toBe(100)
    for (const nonce of nonces) expect(nonce).toMatch(/^[0-9a-f]{32}$/)
  })

  it('include the time in whole seconds', () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 10, 21, 9, 30, 59, 999) })
    const { oauth_timestamp } = fields(signOAuth1(get, app))
    vi.useRealTimers()
    expect(oauth_timestamp).toBe('1795253459')
  })

  it('include the version, and a callback and a verifier if given, but no token for the app alone', () => {
    const sent = fields(signOAuth1(get, app, { callback: 'https://a.example/back?x=1', verifier: '1234567' }))
    expect(sent).not.toHaveProperty('oauth_token')
    expect(sent).toMatchObject({ oauth_version: '1.0', oauth_verifier: '1234567' })
    expect(sent.oauth_callback).toBe('https://a.example/back?x=1')
  })

  it('do not change the arguments', () => {
    const request = Object.freeze({ ...get, form: Object.freeze({ a: Object.freeze(['2', '1']) }) })
    expect(() => signOAuth1(request, Object.freeze({ ...user }), Object.freeze({ nonce: 'n' }))).not.toThrow()
    expect(request.form.a).toEqual(['2', '1'])
  })
})

describe('invalid arguments', () => {
  it.each([
    'api.x.com/2/webhooks',
    '/2/webhooks',
    '//api.x.com/2',
    'ftp://api.x.com/2',
    'javascript:alert(1)',
    'https:api.x.com',
    'https:/api.x.com',
    'https:///api.x.com',
    'https:\\\\api.x.com',
    'https://',
    'https://?a=b',
    'https://api.x.com:99999/',
    'https://api.x.com:0/',
    'https://api.x.com:/',
    'https://api.x.com:port/',
    'https://api..x.com/',
    'https://-api.x.com/',
    `https://${'a'.repeat(64)}.com/`,
    'https://a%70i.x.com/',
    'https://[::1/',
    'https://[1.2.3.4]/',
    'https://1/',
    'https://0x7f.1/',
    'https://me:secret@api.x.com/',
    ' https://api.x.com/',
    'https://api.x.com/ ',
    'https://api.x.com/a b',
    'https://api.x\n.com/',
    '',
  ])('include the URL %j', (url) => {
    expect(() => signOAuth1({ method: 'GET', url }, app)).toThrow(RangeError)
  })

  it.each([
    'http://127.0.0.1:3000/a',
    'http://[::1]:8080/a',
    'https://x.com?a=b',
    'http://localhost',
    'https://a_b.example./',
  ])('do not include the URL %s', (url) => {
    expect(signOAuth1({ method: 'GET', url }, app)).toMatch(/^OAuth /)
  })

  it.each([
    ['a url that is a number', { method: 'GET', url: 1 }, TypeError],
    ['no url', { method: 'GET' }, TypeError],
    ['no method', { url: get.url }, TypeError],
    ['an empty method', { ...get, method: '' }, RangeError],
    ['a method with a line break', { ...get, method: 'GET\r\n' }, RangeError],
    ['a number in the form', { ...get, form: { a: 1 } }, TypeError],
    ['null in the form', { ...get, form: { a: [null] } }, TypeError],
    ['a form that is a string', { ...get, form: 'a=b' }, TypeError],
    ['half a surrogate pair', { ...get, form: { a: '\ud83d' } }, RangeError],
    ['a nonce in the query', { ...get, url: `${get.url}?oauth_nonce=1` }, RangeError],
    ['a signature in the form', { ...get, form: { oauth_signature: '1' } }, RangeError],
    ['no request', undefined, TypeError],
  ])('include a request with %s', (_, request, type) => {
    expect(() => signOAuth1(request as never, app)).toThrow(type)
  })

  it.each([
    ['undefined', undefined, TypeError],
    ['null', null, TypeError],
    ['no keys', {}, TypeError],
    ['a key without its secret', { consumerKey: 'ck' }, TypeError],
    ['an empty secret', { ...app, consumerSecret: '' }, RangeError],
    ['a secret with a trailing line break', { ...app, consumerSecret: 'cs\n' }, RangeError],
    ['a key with a leading space', { ...app, consumerKey: ' ck' }, RangeError],
    ['a token without its secret', { ...app, accessToken: 'at' }, TypeError],
    ['a token secret without its token', { ...app, accessTokenSecret: 'ats' }, TypeError],
    ['an empty token', { ...user, accessToken: '' }, RangeError],
    ['a number for a token secret', { ...user, accessTokenSecret: 1 }, TypeError],
  ])('include credentials that are %s', (_, credentials, type) => {
    expect(() => signOAuth1(get, credentials as never)).toThrow(type)
  })

  it.each([
    ['an empty nonce', { nonce: '' }, RangeError],
    ['a timestamp of NaN', { timestamp: Number.NaN }, RangeError],
    ['a timestamp of Infinity', { timestamp: Number.POSITIVE_INFINITY }, RangeError],
    ['a timestamp with a fraction', { timestamp: 1.5 }, RangeError],
    ['a timestamp before 1970', { timestamp: -1 }, RangeError],
    ['a timestamp that is a string', { timestamp: '1' }, TypeError],
    ['a line break in the realm', { realm: 'a\r\nb' }, RangeError],
    ['null instead of an object', null, TypeError],
  ])('include options with %s', (_, options, type) => {
    expect(() => signOAuth1(get, app, options as never)).toThrow(type)
  })

  it('are refused without showing a secret', () => {
    const secret = 'hush-hush '
    expect(() => signOAuth1(get, { ...app, consumerSecret: secret })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hush') }),
    )
  })

  it('do not include a quotation mark in the realm, which is escaped', () => {
    expect(signOAuth1(get, app, { realm: 'a"b' })).toMatch(/^OAuth realm="a\\"b", /)
  })
})
