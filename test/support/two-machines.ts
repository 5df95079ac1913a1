import { onTestFinished } from 'vitest'
import { createReceiver, type Receiver, type ReceiverOptions } from 'x-account-activity'
import { deliveryRequest, followBody, secret } from './x-request.ts'

/** A receiver as one of several machines has it, closed when the test has ended. */
export function createMachine(options: Partial<ReceiverOptions>): Receiver {
  const receiver = createReceiver({ consumerSecret: secret, onError: () => {}, ...options })
  onTestFinished(async () => void (await receiver.close()))
  return receiver
}

/** The ids of three accounts. */
export const accounts = ['11', '12', '13']

/** Bodies of twenty follows for each account, ordered by their time, which is 0 to 19. */
export const follows = Array.from({ length: 20 }, (_, at) => at).flatMap((at) =>
  accounts.map((account) => followBody({ at, target: account, forUserId: account })),
)

/** Delivers a body as X does: again and again, until it is answered with 200. */
export async function deliver(receiver: Receiver, body: string): Promise<void> {
  for (let status = 0; status !== 200; ) status = (await receiver.fetch(deliveryRequest(body))).status
}
