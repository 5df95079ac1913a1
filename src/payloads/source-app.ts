/** The app that a post or a message was written with, as payloads name it. */
export interface SourceApp {
  /** The id: digits in a string. */
  readonly id: string
  /** The name that X shows. */
  readonly name: string
  /** The website of the app. */
  readonly url: string
}

/** X's own app, with which people write in the browser. */
export const webApp: SourceApp = { id: '3033300', name: 'X Web App', url: 'https://x.com' }
