import type { Permissions } from '../state/permissions.ts'
import type { AppState, UserState } from '../state/tables.ts'
import { html } from './html.ts'
import { page } from './page.ts'

/** The content of the sign-in page. */
export interface AuthorizePageContent {
  /** The path that the form is sent to, with its query. */
  readonly action: string
  readonly app: AppState
  /** What the app will be able to do. */
  readonly abilities: readonly string[]
  /** The callback URL, or `oob` for a PIN. */
  readonly callback: string
  /** The request token of OAuth 1.0a, which the form sends. Absent for OAuth 2.0. */
  readonly oauthToken?: string
  readonly users: readonly UserState[]
  /** The user who is preselected. `undefined` when the person must choose. */
  readonly selected: UserState | undefined
  /** The problem with the last answer. */
  readonly problem?: string
}

/** What an app can do with OAuth 1.0a permissions. */
export function abilitiesOf(permissions: Permissions): readonly string[] {
  return abilitiesByPermissions[permissions]
}

const abilitiesByPermissions: Readonly<Record<Permissions, readonly string[]>> = {
  read: ['See your posts, and whom you follow, mute and block'],
  'read-write': ['See and change your posts, and whom you follow, mute and block'],
  'read-write-directmessages': [
    'See and change your posts, and whom you follow, mute and block',
    'Send direct messages for you, and read, manage and delete those you have',
  ],
}

/** Asks a person which user they are, and whether the app may access the account of that user. */
export function authorizePage(content: AuthorizePageContent): Response {
  const { action, app, abilities, callback, oauthToken, users, selected, problem } = content
  const title = `Let ${app.name} use your account?`
  const body = html`${problem !== undefined && html`<p class="alert" role="alert">${problem}</p>`}
<h2>The app will be able to:</h2>
<ul>${abilities.map((ability) => html`<li>${ability}</li>`)}</ul>
<form method="post" action="${action}">
${oauthToken !== undefined && html`<input type="hidden" name="oauth_token" value="${oauthToken}">`}
<label for="user">Sign in as</label>
<select id="user" name="screen_name">
${selected === undefined && html`<option value="">Choose who you are</option>`}
${users.map(
  (user) =>
    html`<option value="${user.screenName}"${user === selected && html` selected`}>${user.name} (@${user.screenName})</option>`,
)}
</select>
<div class="buttons">
<button class="main">Authorize app</button>
<button name="cancel" value="1">Cancel</button>
</div>
</form>
<p class="note">${describeCallback(callback)}</p>`
  return page(title, body, problem === undefined ? 200 : 400)
}

function describeCallback(callback: string): string {
  return callback === 'oob'
    ? 'If you authorize it, you will see a PIN to give to the app.'
    : `You will go back to ${callback}.`
}
