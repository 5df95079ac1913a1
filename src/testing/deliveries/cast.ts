import { snowflakeId, snowflakeTime } from '../../payloads/snowflake-id.ts'
import type { UserProfile } from '../../payloads/user-profile.ts'
import { withTexts } from '../../payloads/x-activity/user.ts'

/** The people of one delivery, its time, and what makes it unlike any other. */
export interface Cast {
  /** When the event happens: milliseconds since 1970. */
  readonly now: number
  /** The subscribed account. */
  readonly account: UserProfile
  /** The user who does something to the account, or whom the account does something to. */
  readonly other: UserProfile
  /** Returns a new id of X whose time is that of the event, or the given one. */
  readonly nextId: (time?: number) => string
  /** Returns random hexadecimal digits. */
  readonly hex: (length: number) => string
  /** Returns random bytes in base64, without padding. */
  readonly base64: (bytes: number) => string
}

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** A time for which an id of X has 19 digits. A test may set its clock to an earlier one. */
const earliestIdTime = Date.UTC(2018, 0)

/** The number in the last id. Absent at first: Workers have no random numbers while a module is loaded. */
let sequence: number | undefined

function newId(time: number): string {
  // Two processes that build deliveries in the same millisecond begin at different numbers.
  sequence ??= randomBytes(3).reduce((sum, byte) => sum * 256 + byte, 0)
  sequence += 1
  return snowflakeId(Math.max(time, earliestIdTime), sequence).toString()
}

/**
 * Creates the people of a delivery that happens now, with new ids.
 *
 * @param accountId - The id of the subscribed account. A new one if it is absent.
 */
export function createCast(accountId: string | undefined): Cast {
  const now = Date.now()
  return {
    now,
    account: createAccount(now, accountId),
    other: createOther(now),
    nextId: (time = now) => newId(time),
    hex,
    base64: (bytes) => btoa(String.fromCharCode(...randomBytes(bytes))).replace(/=+$/, ''),
  }
}

function createAccount(now: number, accountId: string | undefined): UserProfile {
  const createdAt = (accountId === undefined ? undefined : snowflakeTime(accountId)) ?? now - 2200 * dayMs
  const id = accountId ?? newId(createdAt)
  return {
    id,
    screenName: 'linden_bakery',
    name: 'Linden Bakery 🥐',
    description: 'Sourdough, rye & croissants. Member of @alpine_bakers',
    location: 'Graz, Austria',
    url: 'https://t.co/LindenBake',
    profileImage: `https://pbs.twimg.com/profile_images/${id}/linden_normal.jpg`,
    banner: `https://pbs.twimg.com/profile_banners/${id}/${Math.floor(createdAt / 1000)}`,
    protected: false,
    verified: true,
    createdAt,
    counts: { followers: 1284, following: 96, likes: 512, posts: 2043 },
    v2Fields: accountFields(now),
  }
}

/** What only the v2 API shows of the account. */
function accountFields(now: number): NonNullable<UserProfile['v2Fields']> {
  return {
    entities: {
      url: {
        urls: [
          {
            ...withTexts({ start: 0, end: 23 }),
            url: 'https://t.co/LindenBake',
            expanded_url: 'https://linden-bakery.example',
            display_url: 'linden-bakery.example',
          },
        ],
      },
      description: { mentions: [{ ...withTexts({ start: 39, end: 53 }), username: 'alpine_bakers' }] },
    },
    affiliation: {
      user_id: [newId(now - 3000 * dayMs)],
      description: 'Alpine Bakers',
      url: 'https://x.com/alpine_bakers',
      badge_url: 'https://pbs.twimg.com/profile_images/alpine_bakers/badge_normal.jpg',
    },
    pinned_tweet_id: newId(now - 30 * dayMs),
    most_recent_tweet_id: newId(now - 42 * minuteMs),
  }
}

function createOther(now: number): UserProfile {
  const createdAt = now - 900 * dayMs
  return {
    id: newId(createdAt),
    screenName: 'mira_sketches',
    name: 'Mira',
    description: '',
    location: '',
    url: '',
    profileImage: '',
    banner: '',
    protected: false,
    verified: false,
    createdAt,
    counts: { followers: 57, following: 131, likes: 340, posts: 208 },
  }
}

/** A time before the event, in minutes. */
export function minutesBefore({ now }: Cast, minutes: number): number {
  return now - minutes * minuteMs
}

function randomBytes(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count))
}

function hex(length: number): string {
  return Array.from(randomBytes(length), (byte) => (byte % 16).toString(16)).join('')
}
