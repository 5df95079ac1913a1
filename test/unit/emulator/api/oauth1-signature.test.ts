import { describe, expect, it } from 'vitest'
import {
  type Parameter,
  parseForm,
  parseOAuthHeader,
  percentEncode,
  signature,
  signatureBase,
} from '../../../../src/emulator/api/oauth1-signature.ts'

/** The example of X's page "Creating a signature". */
const xParameters: readonly Parameter[] = [
  ['status', 'Hello Ladies + Gentlemen, a signed OAuth request!'],
  ['include_entities', 'true'],
  ['oauth_consumer_key', 'xvz1evFS4wEEPTGEFPHBog'],
  ['oauth_nonce', 'kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg'],
  ['oauth_signature_method', 'HMAC-SHA1'],
  ['oauth_timestamp', '1318622958'],
  ['oauth_token', '370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb'],
  ['oauth_version', '1.0'],
]
const xSecrets = {
  consumerSecret: 'kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw',
  tokenSecret: 'LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE',
}

/** The signature of a URL, its query and further parameters. */
function sign(method: string, address: string, parameters: readonly Parameter[], secrets: typeof xSecrets): string {
  const url = new URL(address)
  return signature({ method, url, parameters: [...parseForm(url.search.slice(1)), ...parameters] }, secrets)
}

describe('signatureBase', () => {
  it('matches the example of X', () => {
    const url = new URL('https://api.x.com/1.1/statuses/update.json?include_entities=true')
    // https://docs.x.com/fundamentals/authentication/oauth-1-0a/creating-a-signature
    expect(signatureBase({ method: 'post', url, parameters: xParameters })).toBe(
      'POST&https%3A%2F%2Fapi.x.com%2F1.1%2Fstatuses%2Fupdate.json&include_entities%3Dtrue%26oauth_consumer_key%3Dxvz1evFS4wEEPTGEFPHBog%26oauth_nonce%3DkYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1318622958%26oauth_token%3D370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb%26oauth_version%3D1.0%26status%3DHello%2520Ladies%2520%252B%2520Gentlemen%252C%2520a%2520signed%2520OAuth%2520request%2521',
    )
  })

  it('matches RFC 5849, section 3.4.1.1: repeated names, empty values, both encodings of a space', () => {
    const url = new URL('http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b')
    const parameters: Parameter[] = [
      ...parseForm(url.search.slice(1)),
      ...(parseOAuthHeader(
        'OAuth realm="Example", oauth_consumer_key="9djdj82h48djs9d2", oauth_token="kkk9d7dh3k39sjv7", oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131201", oauth_nonce="7d8f3e4a"',
      ) ?? []),
      ...parseForm('c2&a3=2+q'),
    ]
    expect(signatureBase({ method: 'POST', url, parameters })).toBe(
      'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7',
    )
  })

  it('sorts by name, and then by value', () => {
    const url = new URL('https://example.com/')
    // "a" comes before "a-", although "a=1" comes after "a-=1".
    const base = signatureBase({
      method: 'GET',
      url,
      parameters: [
        ['a-', '1'],
        ['a', '1'],
      ],
    }) // prettier-ignore
    expect(base).toBe('GET&https%3A%2F%2Fexample.com%2F&a%3D1%26a-%3D1')
  })

  it('keeps a port that is not the default of the scheme', () => {
    const base = signatureBase({ method: 'GET', url: new URL('http://127.0.0.1:8080/a'), parameters: [] })
    expect(base).toBe('GET&http%3A%2F%2F127.0.0.1%3A8080%2Fa&')
  })
})

describe('signature', () => {
  it.each([
    // https://docs.x.com/fundamentals/authentication/oauth-1-0a/creating-a-signature
    ['https://api.x.com/1.1/statuses/update.json', 'Ls93hJiZbQ3akF3HF3x1Bz8/zU4='],
    ['https://api.twitter.com/1.1/statuses/update.json', 'hCtSmYh+iHYCEqBWrE7C7hYmtUk='],
    ['https://api.twitter.com/1/statuses/update.json', 'tnnArxj06cWHq44gCs1OSKk/jLY='],
  ])('matches the example of X for %s', (url, expected) => {
    expect(sign('POST', url, xParameters, xSecrets)).toBe(expected)
  })

  it('matches RFC 5849, section 1.2, for the token', () => {
    const parameters: Parameter[] = [
      ['oauth_consumer_key', 'dpf43f3p2l4k3l03'],
      ['oauth_token', 'hh5s93j4hdidpola'],
      ['oauth_signature_method', 'HMAC-SHA1'],
      ['oauth_timestamp', '137131201'],
      ['oauth_nonce', 'walatlh'],
      ['oauth_verifier', 'hfdp7dh39dks9884'],
    ]
    const secrets = { consumerSecret: 'kd94hf93k423kf44', tokenSecret: 'hdhd0244k9j7ao03' }
    expect(sign('POST', 'https://photos.example.net/token', parameters, secrets)).toBe('gKgrFCywp7rO0OXSjdot/IHF7IU=')
  })

  it.each([
    ['RFC 5849, section 1.2', '137131202', 'chapoH', [], 'MdpQcU8iPSUjWoN/UDMsK2sui9I='],
    [
      'OAuth Core 1.0 A, appendix A',
      '1191242096',
      'kllo9940pd9333jh',
      [['oauth_version', '1.0'] as const],
      'tR3+Ty81lMeYAr/Fid0kMTYa/WM=',
    ],
  ])('matches %s for the photos', (_, timestamp, nonce, more, expected) => {
    const parameters: Parameter[] = [
      ['oauth_consumer_key', 'dpf43f3p2l4k3l03'],
      ['oauth_token', 'nnch734d00sl2jdk'],
      ['oauth_signature_method', 'HMAC-SHA1'],
      ['oauth_timestamp', timestamp],
      ['oauth_nonce', nonce],
      ...more,
    ]
    const secrets = { consumerSecret: 'kd94hf93k423kf44', tokenSecret: 'pfkkdhi9sl3r4s00' }
    const url = 'http://photos.example.net/photos?file=vacation.jpg&size=original'
    expect(sign('GET', url, parameters, secrets)).toBe(expected)
  })
})

describe('percentEncode', () => {
  it.each([
    // https://docs.x.com/fundamentals/authentication/oauth-1-0a/percent-encoding-parameters
    ['Ladies + Gentlemen', 'Ladies%20%2B%20Gentlemen'],
    ['An encoded string!', 'An%20encoded%20string%21'],
    ['Dogs, Cats & Mice', 'Dogs%2C%20Cats%20%26%20Mice'],
    ['☃', '%E2%98%83'],
    // RFC 5849, section 3.6: only these characters are not encoded.
    ['aZ09-._~', 'aZ09-._~'],
    ["!*'()", '%21%2A%27%28%29'],
    ['', ''],
  ])('encodes %j as %j', (text, expected) => {
    expect(percentEncode(text)).toBe(expected)
  })
})

describe('parseOAuthHeader', () => {
  it('decodes names and values, without the realm', () => {
    const header = 'oauth  Realm="a, b", oauth_token="a%2Fb%3D" ,\toauth_nonce=""'
    expect(parseOAuthHeader(header)).toEqual([
      ['oauth_token', 'a/b='],
      ['oauth_nonce', ''],
    ])
  })

  it.each(['Bearer a', 'OAuth', 'OAuth a', 'OAuth a=b', 'OAuth a="b" c="d"', 'OAuth a="b", , c="d"', 'OAuth a="b'])(
    'returns undefined for %j',
    (header) => {
      expect(parseOAuthHeader(header)).toBeUndefined()
    },
  )

  it('throws a URIError for invalid UTF-8', () => {
    expect(() => parseOAuthHeader('OAuth a="%FF"')).toThrow(URIError)
  })
})

describe('parseForm', () => {
  it.each<[string, Parameter[]]>([
    ['', []],
    [
      'a=1&a=1',
      [
        ['a', '1'],
        ['a', '1'],
      ],
    ], // prettier-ignore
    ['a=b=c', [['a', 'b=c']]],
    ['a+b=c+d%2B', [['a b', 'c d+']]],
    [
      'a&&b=',
      [
        ['a', ''],
        ['b', ''],
      ],
    ], // prettier-ignore
    ['__proto__=1', [['__proto__', '1']]],
  ])('parses %j', (text, expected) => {
    expect(parseForm(text)).toEqual(expected)
  })
})
