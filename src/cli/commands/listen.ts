import { connectionFlags } from '../credentials/credential-flags.ts'
import { defineCommand } from '../define-command.ts'
import { parseUrl } from '../input/parse-ids.ts'
import type { ListenCommandFlags } from '../listen/listen-flags.ts'
import { listenFlags } from '../listen/listen-flags.ts'
import { outputFlags } from '../output/output.ts'

/** Runs a webhook that prints, saves and forwards what it receives. */
export const listenCommand = defineCommand<ListenCommandFlags>({
  brief: 'Receive deliveries of X, print them, and forward them',
  description: `Runs a webhook on this machine until Ctrl-C. It answers the CRC, verifies deliveries with X_CONSUMER_SECRET
and X_CLIENT_SECRET, and prints a line for each event. X needs a public https URL: put a tunnel in front of the port.

With --forward, your app gets the very bytes with their signature. A delivery goes to all URLs that name its event type
or the kind of its activity; "*" is for what no other URL names. What your app does not answer with 200 is sent again on
X's schedule: after 3, 27 and 242 seconds.

With --url, the public URL is probed every 30 seconds. The command says from when to when nothing could arrive, and which
replay windows X still accepts. --recover asks X for them.`,
  examples: [
    'x-account-activity listen',
    'x-account-activity listen --forward http://localhost:3000/webhook --save deliveries',
    "x-account-activity listen --forward mention,message=http://localhost:3000/bot --forward '*=http://localhost:3000/all'",
    'x-account-activity listen --url https://your-name.ngrok-free.app/webhook --recover',
  ],
  parameters: {
    flags: {
      ...outputFlags,
      ...connectionFlags,
      ...listenFlags,
      verify: {
        kind: 'boolean',
        brief: 'Refuse deliveries without a valid signature',
        default: true,
      },
      url: {
        kind: 'parsed',
        parse: parseUrl,
        brief: 'The public URL that leads here; it is probed',
        placeholder: 'url',
        optional: true,
      },
      recover: {
        kind: 'boolean',
        brief: 'Ask X to replay what could not arrive; needs --url',
        default: false,
        withNegated: false,
      },
    },
  },
  async run(run) {
    const { runListen } = await import('../listen/run-listen.ts')
    await runListen(run)
  },
})
