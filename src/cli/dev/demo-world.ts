import type { EmulatedUser, Emulator } from '../../entries/emulator.ts'
import type { CliContext } from '../cli-context.ts'

/** The two accounts of `dev`. */
export interface DemoAccounts {
  readonly alice: EmulatedUser
  readonly bob: EmulatedUser
}

/** The accounts of an emulator. They are added where they do not exist. */
export function demoAccounts(x: Emulator): DemoAccounts {
  return {
    alice: x.user('alice') ?? x.addUser({ screenName: 'alice', name: 'Alice' }),
    bob: x.user('bob') ?? x.addUser({ screenName: 'bob', name: 'Bob' }),
  }
}

/** How long the accounts wait between two actions, in milliseconds. */
const pauseMs = 1200

/** Lets the accounts talk to each other for about ten seconds. It ends early when the signal fires. */
export async function talk(
  { alice, bob }: DemoAccounts,
  { sleep, signal }: Pick<CliContext, 'sleep' | 'signal'>,
): Promise<void> {
  for (const act of conversation(alice, bob)) {
    await sleep(pauseMs, signal).catch(() => undefined)
    if (signal.aborted) return
    // With a saved state, they may follow each other already, for example.
    await act().catch(() => undefined)
  }
}

function conversation(alice: EmulatedUser, bob: EmulatedUser): readonly (() => Promise<unknown>)[] {
  const question = () => bob.post(`Good morning @${alice.screenName}, is there tea?`)
  let asked: ReturnType<typeof question> | undefined
  return [
    () => bob.follow(alice),
    () => {
      asked = question()
      return asked
    },
    async () => asked && alice.reply(await asked, 'There is always tea ☕'),
    async () => asked && alice.like(await asked),
    () => bob.typing(alice),
    () => bob.message(alice, 'I will be there at five.'),
    () => alice.read(bob),
  ]
}
